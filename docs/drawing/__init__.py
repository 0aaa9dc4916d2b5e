"""Draws the pictures of docs/ as SVG, from the tables that the code itself uses.

`python -m docs.drawing` writes them, `--check` tells whether the files are what would be drawn.
"""
