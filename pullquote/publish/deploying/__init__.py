"""Brings the built site to its readers (``deploy``) and tells who waits (``ping``)."""
