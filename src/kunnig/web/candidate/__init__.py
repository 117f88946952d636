"""Pages for the person a case is about."""
