"""What may differ between two installations: the settings and the shape of a log line."""
