"""Brings episodes in: from sources (``sources``, ``visits``), from another tool's
transcript (``importing``), from an old feed (``moving``), or a new show (``starting``).
"""
