"""Saved values as people read and type them: as text, as cells, as rows of bytes, side by side."""
