"""The Trend tab, and what is told of unusual numbers while they are typed."""
