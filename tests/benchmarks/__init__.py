"""What the main job costs, beside the least it could cost; run with `.venv/bin/python -m tests.benchmarks`."""
