"""One transcript that several people edit at once: small changes, merged and kept.

Pure but for ``journal`` and ``keeper``. May import: pullquote.formats and below.
"""
