"""The desk: a local web application in which editors hear, correct, cut and review.

What a request meets, from outside in:

- ``app``: the whole as one application, ``serving`` it over a socket;
- ``pages``: one module a place that people go to, each with its routes;
- ``door``: who may come in, and what no request may do;
- ``rooms``: the transcripts that are open now, each a ``room``; ``jobs``: the stages
  that run now;
- ``state``: what the desk remembers beside the show's files, in ``.pullquote/desk/``;
- ``text``: drafts merged, changes shown and taken back: pure, as ``room`` is nearly;
- ``context``: what each of them is given: the show, who is there, and the ``house``, by
  which episodes are read, cut and signed.

May import: pullquote.pipeline and all below. The files stay the truth.
"""
