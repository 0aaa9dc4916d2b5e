"""Whether a plan may be outdated: what sources say now beside what they said at its review."""
