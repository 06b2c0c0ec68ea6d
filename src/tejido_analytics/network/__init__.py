"""Networks of people: made of encounters and recorded ties, measured, explained and drawn."""
