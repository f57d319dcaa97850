"""What is about to be saved as Qt tables: changes, conflicts, checks."""
