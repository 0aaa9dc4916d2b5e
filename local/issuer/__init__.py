"""The issuer of a developer's machine: HelseID's flows, for test persons. Never installed."""
