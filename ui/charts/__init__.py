"""All figures, a module per kind: pure functions from frames, the reader's words and a palette to plotly figures."""
