"""Tries to make followers of plans miss something, hear it twice, or see what is old."""
