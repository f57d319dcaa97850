"""What a launcher asks for and takes part in: saving, loading, one run from its start to its end."""
