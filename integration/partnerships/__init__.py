"""The teachers we work with, and what we did together."""
