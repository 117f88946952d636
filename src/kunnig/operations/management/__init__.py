"""What the house does from the command line."""
