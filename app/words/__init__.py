"""What is said of changes, checks, versions and times: words for people, made in one place. Pure."""
