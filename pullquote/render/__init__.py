"""From a show in memory to the pages that readers see.

- ``views``: what each page says; ``edition`` and ``pages`` there decide what is shown and where;
- ``templating``: how it looks (``translated``: in whose words, ``once``: what many pages share);
- ``preview``: one answer alone;
- ``site``: all pages as one tree, switched in whole.

May import: formats, model, errors.
"""
