"""What Puntual costs and how well it predicts: `speed`, `pages` and `accuracy`, one command each (README.md)."""
