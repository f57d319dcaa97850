"""What launchers make of a draft before it is saved or resumed."""
