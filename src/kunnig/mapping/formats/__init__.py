"""How what belongs to a mapping is written down to be kept."""
