"""Spreadsheets written as markup: web pages with tables, web archives, the XML of Excel 2003."""
