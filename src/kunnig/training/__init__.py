"""Who is qualified to map, since when, and on whose word."""
