"""What a session held before, how two states differ, and the ways back."""
