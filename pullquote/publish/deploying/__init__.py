"""Brings the built site to its readers (``deploy``, to a ``target``) and tells who waits (``ping``)."""
