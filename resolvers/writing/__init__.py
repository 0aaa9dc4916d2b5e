"""How changes are made: one file per concept, each a few commands with the rule that keeps them."""
