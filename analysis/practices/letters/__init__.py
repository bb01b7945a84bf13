"""Year-end letters: to whom, in which order, with which personal hook, and which are too alike."""
