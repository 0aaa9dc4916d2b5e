"""Measured and proven on real servers: speed (`python -m bench`) and what crashes can't undo."""
