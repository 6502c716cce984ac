"""Pullquote: from the recording of a Q&A show to answer pages and feeds."""

__version__ = "0.1.0"
