"""Standards hold no personal data: they say what can be known, never who knows it."""
