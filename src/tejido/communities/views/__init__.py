"""Pages of the communities domain."""
