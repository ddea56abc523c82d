"""The conversation as a pure function: where a person is, and what they did, to what happens and what they see."""
