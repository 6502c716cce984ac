"""What a show is made of: frozen data, no files, no network.

May import: the standard library, rapidfuzz, pullquote.errors.
"""
