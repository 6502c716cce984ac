"""Turn a recording into words with times and speakers.

May import: media, formats, model, errors, the speech runtimes.
"""
