"""Who works where, and how a workplace is reached, as several audiences see to it."""
