"""The pages of the region's coordinator, who sees no case."""
