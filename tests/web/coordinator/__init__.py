"""The pages of municipal coordinators and principals."""
