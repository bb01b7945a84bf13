"""What the pages share: the session, the frame of a page, filters, tables, charts, the client's panel."""
