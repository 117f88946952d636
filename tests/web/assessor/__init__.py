"""The pages of assessors and teachers."""
