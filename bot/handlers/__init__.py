"""The only code that knows Telegram: it takes updates in, hands them over in order, and sends what is owed."""
