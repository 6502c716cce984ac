"""Which words ask and which answer, by the words alone: a chain over sentences.

Reads the texts of sentences, in order, and who says them where that is known; gives
each a state (outside, question, answer) with a probability. ``features`` are what is
looked at (``cohesion``: with its neighbours), ``boundaries`` and ``turn_ends`` where
no punctuation tells, ``sequence`` the chain over both. The figures, ``model.json`` and
``turn_ends.json``, are made by ``tools/train_suggest.py`` and
``tools/train_turn_ends.py`` and read into ``weights``.

May import: lexicon, formats, model, errors.
"""
