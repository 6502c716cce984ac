"""What a show is made of: frozen data, no files, no network.

- ``show``, ``episode``, ``transcript``, ``answer``, ``decision``, ``edit``: what people
  and machines write down; ``library``: all of it; ``history``: what once was public;
- ``align``, ``sounding``, ``same_question``, ``speaking``: what words have in common;
- ``address``: where everything stands on the site, ``covers`` where changed covers do;
  ``words``: what pages say by themselves.

May import: the standard library, rapidfuzz, Babel and pydantic-core (inside functions).
"""
