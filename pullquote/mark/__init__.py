"""Find questions and answers, cut them, keep what may not get out, hold their review.

In the order in which a transcript goes through them:

- ``suggest``: sentences → questions → answers, ranked, for an editor to take or leave;
  it rests on ``tagger``, which knows words alone;
- ``private``: what of it is a viewer's own, taken out and kept out;
- ``cut``: from two clips of a transcript to an answer, and where it lies in another;
- ``guard``: what an answer's text says otherwise than was said;
- ``notes``: chapters and show notes, drafted;
- ``review``: a clinician's signature, and all that stands against it;
- ``lexicon``: the lists of words that all of them look into.

May import: formats, model, errors.
"""
