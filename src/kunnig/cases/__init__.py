"""The case file: person, board, state, and who is let in."""
