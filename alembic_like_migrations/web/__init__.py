"""The tables of web, which may change."""
