"""Pages of insight and attention."""
