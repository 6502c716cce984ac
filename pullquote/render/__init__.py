"""From a show in memory to the pages that readers see.

``edition`` and ``pages`` decide what is shown and where, ``site`` renders it through
the templates and switches the new tree in. May import: formats, model, errors.
"""
