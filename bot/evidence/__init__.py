"""What a station shows beside its answers: which files are taken, what is kept of them, and where the rest stands."""
