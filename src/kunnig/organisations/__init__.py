"""The region, its municipalities, their boards and schools, and who works there as what."""
