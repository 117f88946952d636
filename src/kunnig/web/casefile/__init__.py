"""What several audiences show of a case."""
