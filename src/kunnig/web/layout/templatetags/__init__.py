"""Tags that the page around every page needs."""
