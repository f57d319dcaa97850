"""The files beside a saved state: who looks at them, again and again, and who shows where they are."""
