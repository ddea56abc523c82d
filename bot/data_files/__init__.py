"""Data files for people to read: YAML without its traps, shapes without guessing, wordings in every language."""
