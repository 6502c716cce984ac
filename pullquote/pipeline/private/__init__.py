"""Keeps what is private out of everything: found, masked, redacted, searched for.

``privacy`` finds and remembers, ``masking`` takes words out of ``words.json``,
``redacting`` out of all other files of an episode, ``voice_names`` from over the turns of
voices that captions called so; ``searching`` looks for them in files, ``audible`` in the
sound.
"""
