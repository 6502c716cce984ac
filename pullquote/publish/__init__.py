"""Make the feeds (``feeds``), serve the site (``serving``), bring it out (``deploying``).

May import: formats, model, errors, feedgen, starlette.
"""
