"""Persons, their identifiers and the protection some of them live under."""
