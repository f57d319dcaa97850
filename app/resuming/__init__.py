"""What a resume will do, what should be looked at before it, and starting it."""
