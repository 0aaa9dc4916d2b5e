"""Kills the gateway and PostgreSQL under a load of writes, and counts what became of each write."""
