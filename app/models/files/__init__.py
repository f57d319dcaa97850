"""The model behind the Files tab."""
