"""The host's socket and what waits behind it; the channel's thread."""
