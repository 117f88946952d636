"""How standards and question sets are written outside this house."""
