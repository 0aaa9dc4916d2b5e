"""How each promise of the graph is kept: access, fetch, merge, order."""
