"""What the desk remembers beside the show's files: ``.pullquote/desk/``, never in git.

- ``users`` and ``sessions``: who may come in, who is in;
- ``log``: who did what, when;
- ``requests``: what was sent to whom for review; ``following``: it, drafts and logs come
  along where an episode's folder was renamed; ``clips``: the sound for it;
- ``answer_versions``: what answers said before; ``dropped``: drafts thrown away;
  ``undoing``: redactions that may be taken back;
- ``memory``: these in one, and how redacted words leave it;
- ``index``: every episode's ``standing`` and its words, for the shelf.

What may be lost at no cost but time is made anew; `docs/file-formats.md` says which.
"""
