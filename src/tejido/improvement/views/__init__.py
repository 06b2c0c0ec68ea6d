"""Pages of improvement cycles."""
