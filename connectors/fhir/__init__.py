"""FHIR R4 as our sources speak it: the shapes they share, and reading them without guessing."""
