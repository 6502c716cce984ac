"""What ``edges`` looks at in a sentence of a programme, and around it.

Features are names; the weights in ``edges.npz`` say what each speaks for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pullquote.formats.sentences import ends_in_question_mark, has_question_mark
from pullquote.mark.lexicon.meanings import words
from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.roles import Talk

NEAR = (
    *((step, True) for step in (-3, -2, -1, 1, 2, 3)),
    *((step, False) for step in (-2, -1, 1, 2)),
)
"""Sentences around one, and whether they are in its turn: a column of figures each."""

_WORD = re.compile(r"[\w'\u2019-]+")
_NAME_DOES = re.compile(
    r"[A-Z][\w'-]+,? (?:asks|says|writes|wants|wonders|would|has|is|was|wrote|from|in)\b"
)
_FILLERS = words(
    "so and okay ok well um uh right now but alright yes yeah good great oh then"
)
_FIRST = {
    "wh": "what how why when where which who whose whom",
    "aux": "am is are was were do does did can could should would will have has may"
    " might isn't aren't don't doesn't can't couldn't shouldn't wouldn't",
    "i": "i my we our",
    "they": "he she they his her their",
    "you": "you your",
    "greeting": "hi hello hey good dear thank thanks welcome",
    "this": "it that this there these those here",
    "the": "the a an another one some somebody someone next first last second third",
    "if": "if because when since after",
}
_KIND = {word: kind for kind, held in reversed(_FIRST.items()) for word in held.split()}
"""What a sentence begins with, fillers left out."""
_ANYWHERE = {
    "saying": "asks asked asking ask says said say writes wrote wonders wondering wondered"
    " wants want wanted know hear typed adds told write curious question questions",
    "source": "chat email e-mail mail letter letters text texts message messages caller"
    " callers viewer viewers listener line box inbox card note online comments postcard"
    " phone reader form slip sheet list pile submitted sent upvoted",
    "i": "i my me",
    "we": "we our us",
    "you": "you your",
    "they": "he she his her they their him",
    "person": "somebody someone anonymous person people lady gentleman man woman mother"
    " father",
    "question": "question questions one",
    "ordinal": "next another last first second third more also",
}
_HOLDS = {kind: words(held) for kind, held in _ANYWHERE.items()}
_CUES: dict[str, Callable[[str], bool]] = {
    name: getattr(module, name)
    for module, names in (
        (
            cues,
            "asks_without_mark asks_outright of_viewers of_message asks_within opens"
            " presents own_story closes",
        ),
        (
            frames,
            "frames greets is_preamble would_ask recalls presents_oneself goes_on"
            " is_told asks_whether tells_ourselves is_readers_own tells_of_somebody"
            " says_only_they speaks_to follows_up",
        ),
    )
    for name in names.split()
}
_WITH_ROLE = (
    *("?", "has i", "has saying", "has source", "has question", "has ordinal"),
    *("name does", "place", "asks_outright", "presents"),
)
_BINS = 5
_MOST = 8


def signs(text: str) -> list[str]:
    """Return what one sentence shows, of use for itself and for those around it."""
    said = _WORD.findall(text)
    lower = [word.lower().replace("\u2019", "'") for word in said]
    stems = {word.split("'")[0] for word in lower}
    found = ["any", f"length {len(said).bit_length()}"]
    skipped = 0
    while skipped < len(lower) - 1 and lower[skipped] in _FILLERS:
        skipped += 1
    if skipped:
        found.append("filled")
    begins = lower[skipped] if lower else ""
    kind = _KIND.get(begins) or _KIND.get(begins.split("'")[0])
    named = bool(skipped) and said[skipped][0].isupper()
    found.append(f"begins {kind or ('name' if named else 'else')}")
    names = sum(word[0].isupper() and word.split("'")[0] != "I" for word in said[1:])
    shown = {
        "?": has_question_mark(text),
        "ends ?": ends_in_question_mark(text),
        "name": names > 0,
        "short name": names > 0 and len(said) <= _MOST,
        "place": names > 0 and ("from" in stems or "in" in stems),
        "number": cues.counts_something(text),
        "name does": bool(_NAME_DOES.search(text)),
        "ends you": bool(lower) and lower[-1] in ("please", "thanks", "you"),
    }
    found += [name for name, is_so in shown.items() if is_so]
    found += [f"has {kind}" for kind, held in _HOLDS.items() if stems & held]
    found += [name for name, test in _CUES.items() if test(text)]
    return found


def wording(text: str) -> list[str]:
    """Return a sentence's words, and those that begin it."""
    lower = [word.lower() for word in _WORD.findall(text)]
    found = [f"w {word}" for word in sorted(set(lower))]
    found += [f"w{n} {word}" for n, word in enumerate(lower[:2])]
    if len(lower) > 1:
        found.append(f"w01 {lower[0]} {lower[1]}")
    return found


def _bin(name: str, value: float) -> str:
    return f"{name} {min(_MOST, int(value * _BINS))}"


def _log(words: int) -> float:
    return words.bit_length() / 6


@dataclass(frozen=True, slots=True)
class _Voice:
    role: str
    features: Sequence[str]


def _voices(talk: Talk) -> dict[str | None, _Voice]:
    """Return for each voice how much, how often and when it speaks."""
    units, total = talk.units, max(1, talk.said[-1])
    said: Counter[str | None] = Counter()
    count: Counter[str | None] = Counter()
    asks: Counter[str | None] = Counter()
    first: dict[str | None, int] = {}
    last: dict[str | None, int] = {}
    for turn in talk.turns:
        speaker = units[turn.start].speaker
        said[speaker] += talk.words(turn.start, turn.stop - 1)
        count[speaker] += 1
        asks[speaker] += any(has_question_mark(units[at].text) for at in turn[-2:])
        first.setdefault(speaker, talk.said[turn.start])
        last[speaker] = talk.said[turn.stop]
    most = max(count.values())
    opener = units[0].speaker
    often = count.most_common(1)[0][0]
    found = {}
    for speaker in count:
        stay = (last[speaker] - first[speaker]) / total
        share = said[speaker] / total
        host = speaker == often or (speaker == opener and 2 * count[speaker] > most)
        brief = stay < 0.2 and share < 0.15
        features = [
            _bin("share", 2 * share),
            _bin("turns", count[speaker] / most),
            _bin("stay", stay),
            _bin("asks", asks[speaker] / count[speaker]),
            _bin("at once", _log(said[speaker] // count[speaker])),
        ]
        role = "host" if host else "once" if brief else "guest"
        features += [f"role {role}", *(["opens"] if speaker == opener else [])]
        found[speaker] = _Voice(role, features)
    return found


def places(talk: Talk, shown: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return for each sentence where it stands: in its turn, between whose turns."""
    voices = _voices(talk)
    found: list[list[str]] = []
    spoken: set[str | None] = set()
    for number, turn in enumerate(talk.turns):
        speaker = talk.units[turn.start].speaker
        around, roles = _around(talk, number, voices)
        role = roles[1]
        come = "comes" if speaker not in spoken else "back"
        spoken.add(speaker)
        around += [come, f"{role} {come}", "roles " + " ".join(roles)]
        marks = [at for at in turn if has_question_mark(talk.units[at].text)]
        ends = turn.stop - 1 in marks[-1:]
        around.append(f"{role} {roles[2]} turn asks {ends}")
        for at in turn:
            found.append([*around, *_in_turn(talk, turn, marks, at, role, shown[at])])
    return found


def _around(
    talk: Talk, number: int, voices: dict[str | None, _Voice]
) -> tuple[list[str], tuple[str, str, str]]:
    """Return what is so of a turn and its neighbours, and the three voices' roles."""
    found: list[str] = []
    roles = []
    for name, at in (("before", number - 1), ("own", number), ("after", number + 1)):
        if not 0 <= at < len(talk.turns):
            roles.append("none")
            continue
        turn = talk.turns[at]
        voice = voices[talk.units[turn.start].speaker]
        roles.append(voice.role)
        found += [f"{name} {feature}" for feature in voice.features]
        words = talk.words(turn.start, turn.stop - 1)
        found.append(_bin(f"{name} words", _log(words)))
        if has_question_mark(talk.units[turn.stop - 1].text):
            found.append(f"{name} turn asks")
    last = talk.turns[number].stop - 1
    speaker = talk.units[last].speaker
    others = [
        talk.words(turn.start, turn.stop - 1)
        for turn in talk.turns[number + 1 : number + 4]
        if talk.units[turn.start].speaker != speaker
    ]
    found.append(_bin("longest after", _log(max(others, default=0))))
    return found, (roles[0], roles[1], roles[2])


def _in_turn(
    talk: Talk,
    turn: range,
    marks: Sequence[int],
    at: int,
    role: str,
    shown: Sequence[str],
) -> list[str]:
    """Return where in its turn a sentence stands, and what asks before and after.

    ``marks``: which sentences of the turn have a question mark.
    """
    place = min(3, at - turn.start)
    through = talk.said[at] / max(1, talk.said[-1])
    so = {
        "last of turn": at == turn.stop - 1,
        "only of turn": len(turn) == 1,
        "asks from here": bool(marks) and at <= marks[-1],
        "asks before": bool(marks) and marks[0] < at,
        "begins show": through < 0.06,
        "ends show": through > 0.94,
    }
    found = [name for name, is_so in so.items() if is_so]
    found += [
        _bin("words left", _log(talk.words(at + 1, turn.stop - 1))),
        _bin("words before", _log(talk.words(turn.start, at - 1))),
        _bin("through", through),
        f"place {place}",
        f"{role} place {place}",
        f"{role} ? {'?' in shown}",
    ]
    found += [f"{role} {name}" for name in _WITH_ROLE if name in shown]
    found += [f"{role} {name}" for name in shown if name.startswith("begins ")]
    return found
