"""What a plan says: its lines, and the codes and words they are made of."""
