"""What is a viewer's own: found, taken out, and kept out of all that is published.

Reads timed turns and the show's own words; gives details to redact, and faults.

- ``details``: what is private, and how grave it is, which ``evidence`` around it says
  (``at_events``: of rooms and tracks).
  ``spans`` finds it: by patterns of a fixed form (``rules``, ``codes`` spelled out), by
  capitals (``capitals``) or without them (``uncased``, ``uncased_places``, by
  ``word_levels``), in other languages (``abroad``), in scripts
  without capitals (``unspaced``), where letters end (``signed``); ``read_out``: who reads
  questions out, and is searched as a host is; ``said_again``: the same names once more,
  also as they were heard otherwise, and who of the show may be meant by one;
- ``redact``: turns and words without what is redacted;
- ``leaks``: whether it stands in an output all the same (``forms``: in whatever escapes and
  spelling; ``public_places`` may), ``written``: in what people write, or in an answer cut
  before it was redacted, ``unresolved``: what nobody decided yet.

May import: lexicon, formats, model, errors.
"""
