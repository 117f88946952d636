"""Services outside this house that standards are fetched from."""
