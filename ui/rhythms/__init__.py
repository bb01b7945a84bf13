"""How often clients come: gaps, standards, what follows use, the shop's year."""
