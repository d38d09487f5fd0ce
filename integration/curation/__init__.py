"""Resources and collections worth putting in front of a class, and whether a class can take them."""
