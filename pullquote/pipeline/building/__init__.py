"""Makes site and feeds: whole (``build``), going on from the last build (``rebuild``,
``watching``), or not at all where nothing changed (``unchanged``).

``making`` gives a site what it has beside its pages, ``preview`` makes it with drafts.
``feeds`` and ``feed_documents`` make and compare feeds, ``links`` follows links,
``holding`` tells what is left out and what stops all.
"""
