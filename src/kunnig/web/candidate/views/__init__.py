"""The pages that a candidate opens about themselves."""
