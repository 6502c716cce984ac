"""Text to model and back, one module a format; ``load`` and ``save`` touch a path.

What the formats rest on: ``disk`` (nothing is ever half-written), ``folder`` (where
everything lies), ``toml``, ``front_matter`` and ``json_file`` (faults with their lines),
``clock`` (times), ``captions`` (what WebVTT and SRT share), ``sentences``; and ``code``,
the digest of what reads and writes all this.

May import: model, errors, parsers. No engine, no web.
"""
