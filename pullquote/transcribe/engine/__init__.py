"""Whisper: its weights, and the two runtimes that hear with them.

May import: sound, media, formats, model, errors, the speech runtimes.
"""
