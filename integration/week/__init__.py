"""The weekly round: each librarian's classes looked at, due posts planned, and one brief on Monday morning; every step once."""
