"""What a state file says: how it lies in its bytes, edits, differences, merges, what is left of damage."""
