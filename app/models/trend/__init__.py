"""One number over the sessions that had it, as points, scales and rows."""
