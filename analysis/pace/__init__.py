"""A client's usual pace without the gaps clearly too long for them: what lost visits are counted against."""
