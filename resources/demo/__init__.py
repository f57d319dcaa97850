"""A small rig to try Rigstate on: launchers, the task they run, and an old program that knows no Rigstate.

The one idea: nothing in the demo is painted. Each file here is run in its own process, as on a rig, and all
that the window then shows was written by such a process.
Not for the special cases of tests, which stand beside the tests.
"""
