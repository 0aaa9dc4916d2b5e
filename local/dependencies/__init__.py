"""What the project is made of besides its own code, and what is known against it."""
