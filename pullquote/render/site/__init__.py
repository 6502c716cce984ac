"""The site as one tree of files, made beside the old one and switched in whole.

``build`` makes it, ``reuse`` says which pages stay, ``patch`` puts a few into a site that
stays; ``tree`` and ``spare`` are the folders, ``workers`` the processes, ``media``, ``search`` and
``sitemap`` what stands beside the pages.
"""
