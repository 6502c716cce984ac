"""Runs the stages over episodes, hands each what it needs, collects outcomes.

- ``library``: a show's folder as one value in memory;
- ``pulling``, ``transcribing``, ``marking``, ``building``: the stages, over all that is due;
- ``private``: what is private, kept out of everything;
- ``run``: every stage in order; ``checking``, ``exporting``: over the whole show;
- ``outcome``: what became of one piece of work; ``lock``: one writer at a time.

May import: every stage and what is below. Prints nothing.
"""
