"""Versions, differences and bytes of a session as Qt tables."""
