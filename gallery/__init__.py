"""A developer's tool: every screen of the conversation in every language, on one page and in pictures."""
