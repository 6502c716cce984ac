"""Makes site and feeds: whole (``build``), going on from the last build (``rebuild``,
``watching``), or not at all where nothing changed (``unchanged``).

``feeds`` and ``feed_documents`` make and compare feeds, ``links`` follows links.
"""
