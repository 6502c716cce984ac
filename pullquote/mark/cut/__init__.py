"""From two clips of a transcript to an answer, and where they lie in another.

Reads turns and clips; gives a draft: ``draft`` cuts it, ``question`` makes the page's
question of the spoken one, ``tidy`` takes fillers out. ``anchor`` finds a cut again
once the transcript is another; ``published`` is the text as a reader sees it,
``torn`` what a clip's edges tear off a sentence.

May import: private, lexicon, formats, model, errors.
"""
