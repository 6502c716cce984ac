"""What an editor asks for: small operations on the document that was in front of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain, count, groupby

import msgspec
from rapidfuzz.distance import Levenshtein

from pullquote.desk.room.document import DeskTurn, Document
from pullquote.desk.room.hiding import BLOCK
from pullquote.errors import UsageError
from pullquote.formats.sentences import ENDS, sentence_starts
from pullquote.model.words import Words

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TERMINATOR = re.compile(f"[{ENDS}…]")
_WORD = re.compile(r"\S+")
_WITH_SPACE = re.compile(r"\S+\s*")
_BLOCKS = re.compile(f"{BLOCK}+")
_LONGEST_NAME = 200
_ID = re.compile(r"[a-z0-9-]{1,40}")


class _Sent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a browser sends, with no key too many."""


class _Asked(_Sent, frozen=True, tag_field="kind", tag=str.lower):
    """An operation; its key ``kind`` is the name of the class."""


class Place(_Sent, frozen=True):
    """A stretch of a turn's text that gives way to another."""

    turn: str
    at: int
    deleted: str
    inserted: str


class Edit(_Asked, Place, frozen=True):
    """One place is rewritten."""

    on: str | None = None
    """The text that it was made on, where no revision has that text."""


class Split(_Asked, frozen=True):
    """A turn becomes two; the second starts at ``at`` in the text."""

    turn: str
    at: int
    new: str | None = None
    """The second turn's id, if a page has shown it already."""
    on: str | None = None
    """The text that it was made on, where no revision has that text."""


class Join(_Asked, frozen=True):
    """A turn becomes the end of the one before it."""

    turn: str


class Name(_Asked, frozen=True):
    """A person says who speaks: no guess any more."""

    turn: str
    speaker: str
    whole_voice: bool = True
    """All turns that carry the same name, not this one alone."""
    others: tuple[str, ...] = ()
    """Turns that the page showed as another voice's: they keep the name they have by now."""
    printed: bool = False
    """The person knows that nobody in show.toml has the name, and that it is printed."""


class Replace(_Asked, frozen=True):
    """Many places are rewritten at once."""

    places: tuple[Place, ...]


class Restore(_Asked, frozen=True):
    """Everything, or some turns, become what they were at a revision."""

    revision: int
    turns: tuple[str, ...] | None = None


Operation = Edit | Split | Join | Name | Replace | Restore


def touched(operation: Operation, document: Document) -> frozenset[str]:
    """Return the turns that an operation speaks of, made on a document."""
    match operation:
        case Replace(places=places):
            return frozenset(place.turn for place in places)
        case Restore():
            return frozenset()
        case Join(turn=turn):
            before = document.before(turn) if turn in document else None
            return frozenset((turn, before.id) if before else (turn,))
        case _:
            return frozenset((operation.turn,))


def replaced(document: Document, places: Iterable[Place]) -> Document:
    """Return the document with these places rewritten. Raises UsageError."""
    by_turn: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_turn[place.turn].append(place)
    turns = []
    for id_, own in by_turn.items():
        turn = turn_of(document, id_)
        text = turn.text
        for place in sorted(own, key=lambda p: p.at, reverse=True):
            text = rewritten(text, place.at, place.deleted, place.inserted)
        turns.append(replace(turn, text=text))
    return document.with_turns(*turns)


def split(document: Document, operation: Split, *, new: str, start: int) -> Document:
    """Return the document with a turn cut in two; the second starts at ``start`` ms."""
    turn = turn_of(document, operation.turn)
    new = operation.new or new
    if not _ID.fullmatch(new) or new in document:
        raise UsageError(f"{new!r:.40}", "cannot be a turn's id", "load the page again")
    if not 0 <= operation.at <= len(turn.text):
        raise _elsewhere(turn.id)
    head, tail = turn.text[: operation.at].rstrip(), turn.text[operation.at :].lstrip()
    second = replace(turn, id=new, start=max(start, turn.start), text=tail)
    place = document.places[turn.id]
    turns = document.turns
    first = replace(turn, text=head)
    return Document((*turns[:place], first, second, *turns[place + 1 :]))


def joined(document: Document, operation: Join) -> Document:
    """Return the document with a turn put at the end of the one before."""
    turn = turn_of(document, operation.turn)
    before = document.before(turn.id)
    if before is None:
        raise UsageError(turn.id, "is the first turn", "join the next one to it")
    parts = [part for part in (before.text.rstrip(), turn.text.lstrip()) if part]
    ends = len(sentence_starts(tuple(" ".join(parts).split())))
    apart = sum(len(sentence_starts(tuple(part.split()))) for part in parts)
    text = ("\n" if ends == apart else " ").join(parts)
    place = document.places[turn.id]
    turns = document.turns
    whole = replace(before, text=text)
    return Document((*turns[: place - 1], whole, *turns[place + 1 :]))


def named(document: Document, operation: Name) -> Document:
    """Return the document with who speaks, as a person said. Raises UsageError."""
    turn = turn_of(document, operation.turn)
    speaker = speaker_name(operation.speaker)
    alike: Iterable[DeskTurn] = (
        document.of_voice(turn) if operation.whole_voice else (turn,)
    )
    meant = (one for one in alike if one.id not in operation.others)
    return document.with_turns(
        *(replace(one, speaker=speaker, guessed=False) for one in meant)
    )


def speaker_name(given: str) -> str:
    """Return a name as the file can hold it. Raises UsageError for what is none."""
    name = " ".join(clean(given).split()).rstrip("? ")
    if (
        not 0 < len(name) <= _LONGEST_NAME
        or "**" in name
        or name.startswith("*")
        or name.endswith(("*", "\\"))
    ):
        raise UsageError(given.strip() or "the name", "is no name", "write who speaks")
    return name


def a_viewer(words: Words, taken: Collection[str]) -> str:
    """Return what to call a voice whose name may not be printed, in the show's words.

    ``taken`` are what others are called: nobody is two.
    """
    name = words.gettext("Viewer")
    numbered = (f"{name} {n}" for n in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)


def who_asks(words: Words) -> str:
    """Return what the show calls whoever asks, "resident", as the desk's pages say it.

    These speak English: another language's word is for the show's own pages alone.
    """
    english = words.language.partition("-")[0] == "en"
    name = words.gettext("Viewer") if english else "Viewer"
    return name if name.isupper() else name[:1].lower() + name[1:]


def restored(document: Document, old: Document, ids: Sequence[str] | None) -> Document:
    """Return the document as it was, or with only these turns as they were.

    What was redacted since stays as it is now.
    """
    if ids is None:
        return old.with_turns(*(_unblocked(t, document.get(t.id)) for t in old.turns))
    there = [i for i in ids if i in document and i in old]
    return document.with_turns(*(_unblocked(old[i], document[i]) for i in there))


def without_blocks(document: Document, now: Document) -> Document:
    """Return a document in which what stands ``now`` takes the place of blocks."""
    hidden = [turn for turn in document.turns if BLOCK in turn.text]
    return document.with_turns(*(_unblocked(t, now.get(t.id)) for t in hidden))


def _unblocked(turn: DeskTurn, now: DeskTurn | None) -> DeskTurn:
    """Return a turn as it was; for words that are blocks there, what stands there now.

    Where the turn is gone nobody knows what that is.
    """
    if BLOCK not in turn.text:
        return turn
    if now is None:
        return replace(turn, text=_BLOCKS.sub("…", turn.text))
    old, new = (_WITH_SPACE.findall(one.text) for one in (turn, now))
    words = [[word.rstrip() for word in one] for one in (old, new)]
    text = ""
    for same, rows in groupby(Levenshtein.opcodes(*words), lambda o: o.tag == "equal"):
        found = [*rows]
        was = old[found[0].src_start : found[-1].src_end]
        instead = new[found[0].dest_start : found[-1].dest_end]
        if not same and any(BLOCK in word for word in was):
            was = instead or [word for word in was if BLOCK not in word]
        text += "".join(was)
    return replace(turn, text=text.rstrip())


def turn_of(document: Document, id: str) -> DeskTurn:  # noqa: A002
    """Return a turn. Raises UsageError where it is no more."""
    turn = document.get(id)
    if turn is None:
        raise UsageError(
            f"turn {id}", "is no longer there", "see what the transcript says now"
        )
    return turn


def rewritten(text: str, at: int, deleted: str, inserted: str) -> str:
    """Return a turn's text after one edit, the touched sentences on lines of their own.

    A page shows line ends as spaces, so that both count as the same in ``deleted``.
    Raises UsageError where something else stands there.
    """
    end = at + len(deleted)
    if not 0 <= at <= len(text) or _flat(text[at:end]) != _flat(deleted):
        raise _elsewhere(deleted)
    came = clean(inserted)
    changed = text[:at] + came + text[end:]
    ends = _TERMINATOR.search(deleted + inserted) is not None
    first, last = _lines_around(changed, at, at + len(came), beyond=ends)
    return changed[:first] + _one_a_line(changed[first:last]) + changed[last:]


def _elsewhere(what: str) -> UsageError:
    return UsageError(
        f"{what!r:.40}",
        "does not stand where it was changed",
        "load the page again; what you typed is kept",
    )


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\xa0", " ")


def clean(text: str) -> str:
    """Return text without what no transcript holds: control characters, half pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("?", _CONTROL.sub(" ", text))


def _lines_around(text: str, at: int, end: int, *, beyond: bool) -> tuple[int, int]:
    """Return the stretch of lines that an edit touches.

    ``beyond``: where it touches a line's edge, the neighbour may belong to it now.
    """
    first = text.rfind("\n", 0, at) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if beyond and first and not text[first:at].strip():
        first = text.rfind("\n", 0, first - 1) + 1
    if beyond and last < len(text) and not text[end:last].strip():
        following = text.find("\n", last + 1)
        last = len(text) if following < 0 else following
    return first, last


def _one_a_line(text: str) -> str:
    """Put line ends where sentences end; no place in the text moves."""
    found = list(_WORD.finditer(text))
    starts = set(sentence_starts(tuple(match.group() for match in found)))
    chars = list(text.replace("\n", " "))
    for number, match in enumerate(found):
        if number and number in starts:
            chars[match.start() - 1] = "\n"
    return "".join(chars)
