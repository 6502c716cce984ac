"""Whisper's tokenizer, made from the vocabulary that its weights come with. Pure.

A conversion's own ``tokenizer.json`` cannot be relied on: that of Systran's base
lacks the first merge (a space and ``t``), so that " the" and 1,168 other tokens are
encoded as others than Whisper's, and prompts say something else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

END_OF_TEXT = "<|endoftext|>"


def tokenizer_json(vocabulary: Sequence[str]) -> str:
    """Return a ``tokenizer.json`` that encodes as ``whisper.tokenizer`` does.

    ``vocabulary`` is that of a conversion: every token in order of its number,
    in GPT-2's printable form of bytes, special tokens last. Raises ValueError if
    it is not Whisper's.
    """
    end = vocabulary.index(END_OF_TEXT)
    ranks = {token: number for number, token in enumerate(vocabulary[:end])}
    merges = [_halves(token, ranks) for token in vocabulary[:end] if len(token) > 1]
    special = [
        {
            "id": number,
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for number, token in enumerate(vocabulary)
        if number >= end
    ]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True}
    return json.dumps(
        {
            "version": "1.0",
            "added_tokens": special,
            "pre_tokenizer": {**byte_level, "trim_offsets": True},
            "decoder": {**byte_level, "trim_offsets": True},
            "model": {"type": "BPE", "vocab": ranks, "merges": merges},
        },
        ensure_ascii=False,
    )


def _halves(token: str, ranks: Mapping[str, int]) -> tuple[str, str]:
    """Return the two tokens that merge into ``token``.

    They are what byte pair encoding makes of its letters with only the tokens that
    came before it.
    """
    limit = ranks[token]
    parts = list(token)
    while len(parts) > 2:
        found = [ranks.get(a + b, limit) for a, b in pairwise(parts)]
        lowest = min(found)
        if lowest >= limit:
            raise ValueError(f"token {token!r} is not made of two others")
        at = found.index(lowest)
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    if any(part not in ranks for part in parts):
        raise ValueError(f"token {token!r} is not made of two others")
    return parts[0], parts[1]
