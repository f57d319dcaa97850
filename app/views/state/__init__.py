"""The State tab: the tree of a saved state, and editing in it."""
