"""What each page says, before any template: pure functions of a library.

``edition`` is what may be shown; ``answer_view`` and ``episode_view`` say what two kinds of
page have, ``structured`` the same for machines, ``pages`` which pages there are and where.
``prose``, ``difference`` and ``wording`` are of their text, ``card`` draws the picture
of a link, ``neighbours`` tells what a page shows of others.
"""
