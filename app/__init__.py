"""The window of Rigstate: sessions of an experiment, their saved states, edited and resumed."""
