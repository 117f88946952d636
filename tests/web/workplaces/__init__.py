"""Giving and ending roles, from every audience that does."""
