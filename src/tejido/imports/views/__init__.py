"""Pages of the imports domain."""
