"""What a launcher makes of a state before it is saved or resumed, asked in a process of its own."""
