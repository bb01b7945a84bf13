"""From the bytes of a file to grids of text: what it really is, how it is cut, every cell as it is written."""
