"""Make the site from templates.

May import: formats, model, errors, jinja2, markdown-it-py, nh3.
"""
