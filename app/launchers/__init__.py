"""The operator's own list of launchers: how each is started, with what, and where."""
