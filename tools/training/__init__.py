"""Parts of ``tools/train_suggest.py``: not shipped, they need scipy."""
