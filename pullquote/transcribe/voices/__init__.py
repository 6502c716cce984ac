"""Who says it: voices told apart, and known ones guessed.

May import: words, engine, sound, media, formats, model, errors, PyTorch.
"""
