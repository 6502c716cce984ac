"""Measurements; ``make bench`` and its like run them."""
