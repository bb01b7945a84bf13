"""Cases that cannot wait, a brief of each, and weeks of unusual losses."""
