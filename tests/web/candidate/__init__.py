"""The pages of the person a case is about."""
