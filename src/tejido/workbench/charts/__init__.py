"""`tejido chart`: readings from a list, the chart as a picture, what it says in words."""
