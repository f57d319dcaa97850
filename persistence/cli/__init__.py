"""The command line, verb by verb: each is a function from its arguments to an answer, and prints nothing."""
