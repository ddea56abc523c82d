"""Stations, who approves them, who belongs to them, and how people join."""
