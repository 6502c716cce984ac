"""Decode, measure and encode sound; probe files and write tags.

May import: formats, model, errors, PyAV, mutagen, numpy.
"""
