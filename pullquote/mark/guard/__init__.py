"""What an answer's text says otherwise than was said.

Reads an answer and the turns it was cut from; gives findings for a person to tick.
``tokens`` brings both to one form (``spelling``: each word by itself), ``compare``
aligns them, ``changing`` says what a word's change may change (``doubting``: how sure,
of whom, how often); of the words in no list ``wording`` says whether they came, went or
turned into others. ``edits`` keeps every difference, those that change nothing too.

May import: cut, lexicon, formats, model, errors.
"""
