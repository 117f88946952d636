"""Pages for the region's coordinator."""
