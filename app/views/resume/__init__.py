"""Resume as the operator sees it: the sheet, the running launcher, its output."""
