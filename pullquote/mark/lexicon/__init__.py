"""Lists of words: what they mean, which are common, which are names.

Nothing is decided here. ``meanings`` has medicine and doubt, ``contraries`` what is the
contrary of what, ``grammar`` words and phrases that say little, ``spoken`` one form for what is said in
several ways, ``common_words`` what is no name, ``names`` people and towns, ``places`` and
``things`` what has a name and is nobody, ``misheard`` what machines take for words of the
clinic, and letters that stand for words.

May import: nothing of this project.
"""
