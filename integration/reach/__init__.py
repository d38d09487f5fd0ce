"""Whom the library reached and whom not yet, counted from what really stands in the classes."""
