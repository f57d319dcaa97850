"""Looking back as the operator sees it: History, Compare, Raw, and bringing a state back."""
