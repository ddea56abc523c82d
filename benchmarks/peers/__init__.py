"""Bots that do the same saves as zicha's walk, each as its framework's users would write it."""
