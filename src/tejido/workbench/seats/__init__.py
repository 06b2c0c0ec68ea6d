"""The lists and sentences of `tejido seat`."""
