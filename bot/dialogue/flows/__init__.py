"""What each thing a person can do leads to, one module for each part of the conversation."""
