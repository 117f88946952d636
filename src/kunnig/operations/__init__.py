"""Commands that fill, move and tend a whole installation."""
