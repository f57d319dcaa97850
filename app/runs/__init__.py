"""Started launchers: their processes, what they print and report, how they end."""
