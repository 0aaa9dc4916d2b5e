"""What becomes of a plan beyond its use: consent, correction, delivery, erasure."""
