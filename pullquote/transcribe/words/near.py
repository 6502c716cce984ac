"""Where words sound like something of the glossary. Pure.

What is near is only a question: to the model, whether it hears that on second
hearing, and to the editor. Nothing is ever put in another's place by sound alone, and
what means another thing for sure is no question: a model that is told to expect
"hypotension" writes it where "hypertension" is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.model.align import normal_form
from pullquote.model.sounding import sounding
from pullquote.transcribe.words.glossary import Entry, Glossary

_MORE_WORDS = 2
"""An unknown word may be heard as so many more: "I view profan"."""


_SPELLED = """\
zero one two three four five six seven eight nine ten eleven twelve""".split()  # noqa: SIM905
_NUMBERS = {spelled: str(number) for number, spelled in enumerate(_SPELLED)}
_PREFIXES = """\
a ab ad an ante anti bi bis brady contra counter de dis ecto endo ex exo extra hyper hypo \
il im in infra inter intra ir macro mal micro mono multi non oligo over para poly post \
poste pre quadri sub super supra tachy tri un under uni""".split()  # noqa: SIM905
"""What turns a word into another, often its opposite: symptomatic, asymptomatic."""
_STEM = 4
"""Letters of a word that are left without its prefix, at least."""
_OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in [
        "left/right",
        "upper/lower",
        "high/low",
        "superior/inferior",
        "anterior/posterior",
        "medial/lateral",
        "proximal/distal",
        "dorsal/ventral",
        "acute/chronic",
        "benign/malignant",
        "with/without",
        "major/minor",
        "primary/secondary",
        "before/after",
    ]
)
_NUMBER = re.compile(rf"\d+|\b(?:{'|'.join(_SPELLED)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Near:
    """Words ``[first, last)`` that sound like an entry of the glossary."""

    first: int
    last: int
    entry: Entry
    likeness: float
    """From 0 to 1; 1 where both sound the same by their spelling."""
    said: bool
    """The words are the entry's own."""


def near_entries(
    words: Sequence[str], glossary: Glossary, least: float
) -> tuple[Near, ...]:
    """Return for each entry the words that sound most like it, likest first.

    Entries that nothing is at least ``least`` like are left out.
    """
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    if not words or not glossary:
        return ()
    spans = _spans(words, glossary)
    heard = [sounding(" ".join(words[a:b])) for a, b in spans]
    likeness = np.zeros((len(glossary), len(spans)), dtype=np.float32)
    for key in ("fine", "rough"):
        likeness += process.cdist(
            [getattr(entry.sounding, key) for entry in glossary],
            [getattr(one, key) for one in heard],
            scorer=Levenshtein.normalized_similarity,
            dtype=np.float32,
        )
    likeness /= 2
    best = likeness.argmax(axis=1)
    found = []
    for entry, at, value in zip(
        glossary, best, likeness.max(axis=1).tolist(), strict=True
    ):
        first, last = spans[int(at)]
        if value >= least and not means_another(words[first:last], entry):
            said = says(words[first:last], entry)
            found.append(Near(first, last, entry, value, said))
    return tuple(sorted(found, key=lambda near: -near.likeness))


def _spans(words: Sequence[str], glossary: Glossary) -> list[tuple[int, int]]:
    most = max(len(entry.text.split()) for entry in glossary) + _MORE_WORDS
    return [
        (first, last)
        for first in range(len(words))
        for last in range(first + 1, min(len(words), first + most) + 1)
    ]


def means_another(words: Sequence[str], entry: Entry) -> bool:
    """Say whether words that sound like an entry are another thing for sure.

    They have a number that it lacks, or one of two opposites, of which it has the other.
    A person's name is neither, and an entry without a number may well have been heard as
    one: "gaba 10 tin".
    """
    wanted = _numbers(entry.text)
    if wanted and not _numbers(" ".join(words)) <= wanted:
        return True
    if entry.kind == "person":
        return False
    heard, said = (
        {normal_form(word).removesuffix("s") for word in text}
        for text in (words, entry.text.split())
    )
    mine, theirs = heard - said, said - heard
    if _bare(" ".join(words)) == _bare(entry.text):  # micro discectomy
        return bool(mine & {"a", "an"})  # a symptomatic disc
    opposed = any(mine & pair and theirs & pair for pair in _OPPOSITES)
    return opposed or any(
        stem == other and prefix != another
        for stem, prefix in _stems(mine)
        for other, another in _stems(theirs)
    )


def _stems(words: set[str]) -> set[tuple[str, str]]:
    """Return words without a prefix, and what is left of them without one, and which."""
    return {(word, "") for word in words} | {
        (word.removeprefix(prefix), "an" if prefix == "a" else prefix)
        for word in words
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) >= len(prefix) + _STEM
    }


def _numbers(text: str) -> set[str]:
    found = map(str.lower, _NUMBER.findall(text))
    return {_NUMBERS.get(number, number) for number in found}


def says(words: Sequence[str], entry: Entry) -> bool:
    """Say whether the words are the entry's, or one of what it names several of.

    "Herniated Discs" of a title is no reason to doubt "a herniated disc". A name has
    its s: "Collin" may well be "Collins".
    """
    one = entry.kind != "person" and is_said([entry.text], " ".join(words))
    return one or is_said(words, entry.text)


def is_said(words: Sequence[str], text: str) -> bool:
    """Say whether the words are the text's, but for case, marks and a plural."""
    heard, wanted = (_bare(" ".join(t)) for t in (words, [text]))
    return heard in (wanted, wanted + "s", wanted + "es")


def said_places(words: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open places where the text is said, its words joined or apart."""
    size = len(text.split())
    for start in range(len(words)):
        for length in range(max(1, size - 1), size + 2):
            end = start + length
            if end <= len(words) and is_said(words[start:end], text):
                yield start, end


def _bare(text: str) -> str:
    return "".join(normal_form(word) for word in text.replace("-", " ").split())
