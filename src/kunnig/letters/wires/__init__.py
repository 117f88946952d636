"""The outside service of this room: the mail server."""
