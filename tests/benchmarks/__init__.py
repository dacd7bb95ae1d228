"""Timings, by hand: `python -m tests.benchmarks HOME`. Ratios within one run; never timed tests."""
