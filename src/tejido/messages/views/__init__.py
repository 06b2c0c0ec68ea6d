"""Pages of the messages domain."""
