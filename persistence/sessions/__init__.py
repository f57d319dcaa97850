"""What stands in a session directory beside the state, and what a list says of it."""
