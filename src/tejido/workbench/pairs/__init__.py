"""The prices and sentences of `tejido pair`."""
