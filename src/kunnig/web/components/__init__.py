"""The parts pages are built from."""
