"""Whole files or none, and the versions that a state file had: who writes to disk does it here."""
