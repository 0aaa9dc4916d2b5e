"""The mutations of single concepts, which the root of all writing is made of."""
