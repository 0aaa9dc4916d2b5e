"""Writes docs/tilgang.md, the access policy as a lawyer reads it, from the tables that decide.

`python -m docs.access` writes it, `--check` tells whether the file is what would be written.
"""
