"""JSON text and Python values, there and back: every rule of types, and the quick roads beside them. Pure."""
