"""The documents that a station hands in: every value computed once, then placed by a renderer for each format."""
