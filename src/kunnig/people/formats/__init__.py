"""What outside formats say of a person, read into our own."""
