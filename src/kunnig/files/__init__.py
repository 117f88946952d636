"""Stored bytes: made harmless, under the hash of what is kept; no address of their own."""
