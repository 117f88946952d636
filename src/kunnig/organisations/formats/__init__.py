"""What outside formats say of an organisation, read into our own."""
