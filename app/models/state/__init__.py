"""The saved state of one session as a Qt tree, its filter, and what is done to its rows."""
