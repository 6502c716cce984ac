"""From sentences to questions to answers: what an editor is offered.

Reads timed turns, and what the show's editors decided before; gives ranked
suggestions. In the order in which a transcript goes through them:

- ``units``: sentences; ``cues`` and ``frames`` say of one what it does (asks,
  announces, hands over) by the ``phrases`` in it, ``roles`` who is who;
- ``edges``: where viewers' questions begin and answers end, by a ``network`` over what
  ``edge_features`` sees in a sentence;
- ``reading`` (letters and chats read out) and ``viewers`` (callers too): whether viewers
  ask at all, and what rules know of where; ``replies``: what answers;
- ``moderated``: who asks whom, where voices are told apart and no viewer is;
- ``suggestions``: which of these, or ``tagger``, is asked, and how likely it all is;
- ``signs``: by what it was told; ``habits``: what editors made of such signs before.

May import: tagger, lexicon, formats, model, errors.
"""
