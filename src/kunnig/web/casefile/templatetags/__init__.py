"""Tags of the pages of a case."""
