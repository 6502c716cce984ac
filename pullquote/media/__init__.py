"""Recordings, enclosures and pictures: looked at, decoded, measured, written.

- ``container``: opens a file, of which nothing is believed; ``probe`` says what it is and
  whether all of it is there (``mp3_frames``, ``closed``); ``recording``: what was pulled
  and nothing else; ``remux`` puts it into another container;
- ``sound``: samples with true times; ``ahead``: in a second thread;
- ``enclosure`` (``enclosure_m4a``): what the feed points at. ``decoded`` once and measured
  (``levels``), made louder (``limiter``), heard as it is encoded (``listener``,
  ``loudness``), given ``tags``. ``clip``: one stretch, for a reviewer;
- ``cover`` and ``artwork``: square pictures; ``picture``: without what a camera noted.

May import: formats, model, errors, PyAV, mutagen, Pillow, numpy.
"""
