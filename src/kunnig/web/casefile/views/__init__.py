"""Views that several audiences mount in their own addresses."""
