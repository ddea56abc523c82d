"""Compares what stands in an assessment with itself: what is missing, what does not agree, what to bear in mind."""
