"""Make the feeds, guard what goes out, serve it.

May import: formats, model, errors, feedgen, starlette.
"""
