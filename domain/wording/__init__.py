"""The sentences that users read, in every language at once."""
