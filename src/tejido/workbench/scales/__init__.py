"""`tejido scale` and `tejido agree`: answers and ratings from a list, what can be relied on in words."""
