"""What an answer's text says otherwise than was said.

Reads an answer and the turns it was cut from; gives findings for a person to tick.
From below:

``spelling``, ``tokens``: a written word, a number, a phrase in the one form
in which all are compared. ``marks``: what a word may change: a negation, a dose, a side.
``stretches``: a run of words, a stretch of it, a difference; where sentences end.
``forms``: forms of one word, and words that say nothing. ``hearing``: a word misheard,
letters written out. ``again``: what is said again. ``moves``: what stands elsewhere, or is
of something else. ``wording``: what may be left out, and words that are in no list of
kinds. ``claims``: words of grammar. ``compare`` asks each in its turn,
``answers`` for an answer; ``edits`` keeps every difference, those that change nothing too.

May import: cut, private, lexicon, formats, model, errors.
"""
