"""Pages of this domain: the closing act, commitments, and what opens by a link."""
