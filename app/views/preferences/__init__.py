"""What a person sets once: the pages of the preferences, and the form of one launcher."""
