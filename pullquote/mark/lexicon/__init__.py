"""Lists of words: what they mean, which are common, which are names.

Nothing is decided here. ``meanings`` has medicine and doubt, ``common_words`` what is
no name, ``names`` people and towns, ``places`` and ``things`` what has a name and is
nobody.

May import: nothing of this project.
"""
