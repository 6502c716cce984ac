"""Drafts of an episode's page: ``chapters`` and show notes (``summary``).

Reads turns and suggestions; gives titles and sentences for an editor to change.

May import: cut, suggest, private, tagger, lexicon, formats, model, errors.
"""
