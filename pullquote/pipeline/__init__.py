"""Runs the stages over episodes, hands each what it needs, collects outcomes.

May import: every stage and what is below. Prints nothing.
"""
