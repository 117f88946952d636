"""Papers: what they say, how they are printed, made, replaced and verified."""
