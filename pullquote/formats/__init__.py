"""Text to model and back, one module a format; `load`/`save` touch a path.

May import: pullquote.model, pullquote.errors, parsers. No engine, no web.
"""
