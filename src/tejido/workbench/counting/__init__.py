"""`tejido count`: ballots from a list, the count in words and as a table."""
