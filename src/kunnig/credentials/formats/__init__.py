"""Papers as they are stored, named in law, and printed."""
