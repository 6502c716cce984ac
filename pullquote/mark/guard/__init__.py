"""What an answer's text says otherwise than was said.

Reads an answer and the turns it was cut from; gives findings for a person to tick.
``tokens`` brings both to one form (``spelling``: each word by itself), ``compare``
aligns them. What but reads otherwise is put aside: ``standing`` (letters written out, a
word misheard, a noun for "this one"), ``moves`` (passages), ``elsewhere`` (said again,
put in order). ``changing`` says what a word's change may change (``doubting``: how sure,
of whom, how often), ``kinds`` which of it a difference does; of the words in no list
``wording`` says whether they came, went or turned into others, ``claims`` what changes
though none did. ``edits`` keeps every difference, those that change nothing too.

May import: cut, private, lexicon, formats, model, errors.
"""
