"""Keeps what is private out of everything: found, masked, redacted, searched for.

``privacy`` finds, remembers and searches, ``masking`` takes words out of
``words.json``, ``redacting`` out of all other files of an episode, ``voice_names`` from
over the turns of voices that captions called so.
"""
