"""What is reported and measured, and what the plan says of it."""
