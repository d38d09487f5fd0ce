"""The real delivery code under a virtual clock and bad weather: a seed replays to the byte, and Google's journal is the judge."""
