"""Commands of the project itself; nothing here is installed."""
