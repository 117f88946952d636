"""How a letter becomes words, and a message."""
