"""What is said: windows of the sound, heard, judged, repaired, put together.

May import: engine, sound, media, formats, model, errors.
"""
