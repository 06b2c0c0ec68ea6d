"""`tejido visits`: lists of schools and teams become a plan of visits, and the plan becomes a list."""
