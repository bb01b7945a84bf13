"""Problems, their reasons and times, promised days, and what solving is worth."""
