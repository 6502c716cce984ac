"""A built site over HTTP, here or at a host of files.

``static_site`` serves it as a good host does, ``serve`` on this machine until ``ending``, ``reloading``
with pages that load themselves again. ``headers`` and ``redirects`` say the same to hosts
that read ``_headers`` and ``_redirects``; ``moves`` what became of addresses,
``covers`` where a cover stands that is another by now.
"""
