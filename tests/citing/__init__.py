"""Two banks for the checker: one to tune it on and one kept shut; `.venv/bin/python -m tests.citing open`."""
