"""Pages for a municipality's coordinator."""
