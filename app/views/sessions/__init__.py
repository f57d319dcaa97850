"""The left side of the window: the list of sessions, its filter, chips and columns."""
