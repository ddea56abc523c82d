"""SQL and its drivers behind the ports that the services declare."""
