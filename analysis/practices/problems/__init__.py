"""Problems and promises: what is open and whose, how long, how often, what solving is worth, promised days."""
