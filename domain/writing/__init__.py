"""Which writes are accepted, and what is said of the others."""
