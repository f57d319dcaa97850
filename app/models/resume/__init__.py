"""The plan of a resume and the list of launchers as rows and fields."""
