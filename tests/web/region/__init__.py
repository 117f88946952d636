"""The pages of the region's coordinator."""
