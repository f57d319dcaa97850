"""What the operator sees: widgets that emit intents and have setters. They know models and nouns, never
the disk.
"""
