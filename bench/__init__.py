"""Measures the gateway beside a plain handler that gives the same JSON: `python -m bench`."""
