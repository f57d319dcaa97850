"""Noticing that something happened below a folder: by the system's events, or by looking."""
