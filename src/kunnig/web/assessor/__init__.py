"""Pages for assessors and teachers."""
