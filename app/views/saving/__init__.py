"""Saving and clearing as the operator sees them: changes, checks, conflicts, and what goes."""
