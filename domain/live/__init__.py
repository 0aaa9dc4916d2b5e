"""What is told of a change while it happens, and to whom."""
