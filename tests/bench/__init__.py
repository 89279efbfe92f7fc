"""Benchmarks: ratios against the stock way in the same run. Never part of the test suite, never a timed assertion."""
