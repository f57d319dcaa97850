"""One session's files: read, judged, changed, copied out."""
