"""The nouns of the field and the pure rules about them: no I/O, no framework."""
