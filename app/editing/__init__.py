"""What an operator stages on a session until it is saved: edits, drafts, the desk."""
