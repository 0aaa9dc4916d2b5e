"""Live plan views: what changes is sent to whoever follows it, over any of the protocols."""
