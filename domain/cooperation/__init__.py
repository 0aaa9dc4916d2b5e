"""How those who follow a plan work together."""
