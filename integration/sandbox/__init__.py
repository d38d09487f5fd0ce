"""A pretend Google: an independent opinion of how Google behaves, built from Google's documentation."""
