"""Who has connected a Google account and what they allowed; the schools and districts they belong to."""
