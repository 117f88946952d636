"""Initial and in-depth mapping: a person's own words, kept as they were said."""
