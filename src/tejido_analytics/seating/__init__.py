"""Who sits with whom: rounds and tables so that people meet new people, in mixed company, within the rules."""
