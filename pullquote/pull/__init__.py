"""Bring recordings in from channels, feeds, pages and files.

May import: media, formats, model, errors, yt-dlp.
"""
