"""The watched folders: a worker for each, off the GUI thread, and the way of an errand to the right one."""
