"""zicha (自查): a Telegram bot that walks a station through its official self-inspection."""

__version__ = "0.1.0"
