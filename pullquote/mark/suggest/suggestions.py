"""Suggest where a viewer's question and its answer lie. Never published as such.

In programmes with viewers' questions it is told by what is read out and who calls
(``reading``, ``viewers``, ``replies``). Elsewhere who asks whom decides where voices
are told apart (``moderated``), and the words alone where they are not (``sequence``).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pullquote.formats.sentences import ENDS, has_question_mark
from pullquote.mark.suggest import cues, edges, moderated, replies, viewers
from pullquote.mark.suggest.habits import Habits, reranked
from pullquote.mark.suggest.roles import Talk, find_callers
from pullquote.mark.suggest.signs import signs
from pullquote.mark.suggest.units import Unit, split
from pullquote.mark.tagger import turn_ends
from pullquote.mark.tagger.sequence import FIGURES, spans
from pullquote.mark.tagger.weights import chance, log_odds
from pullquote.model.answer import Clip, SuggestedQuestion, Suggestion
from pullquote.model.transcript import TimedTurn

_RULES = 25
"""Goes up whenever the same transcript would give other suggestions."""
_MARKED = 0.35
"""Share of units that must end in a mark for punctuation to be believed."""
_ASKS = 0.45
_ASKS_TOO = 0.15
"""Where a unit asks, those before it in the turn need less to be part of it."""
_TURN_ASKS = 0.42
_TOLD = 3
"""Units that come before a question without marks and tell what it is about."""
_NEAR = 3
_LEAST = 0.05
"""Suggestions less likely than this are not worth an editor's time."""
_LEAST_OF_VIEWER = 0.3
"""The same in programmes: a question that is none would cut the answer before it."""
_FIRST, _FEW, _MUCH = 4_000, 3, 3.0
"""In how many words from the beginning viewers ask how many questions, and how many in a
thousand words, where a talk is a programme, counted by how likely each is: all shows of
the last hands have so many, no interview or consultation, and one of 148 talks with an
audience."""
_SILENCE = 0.2
"""How likely a question is answered after which nobody says anything."""
_SHORT_QUESTION = 8
_SHORT_ANSWER = 8
_MARKED_ODDS = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A question and its answer as unit positions, ends included, with two scores."""

    question: tuple[int, int]
    answer: tuple[int, int] | None
    p_question: float
    p_answered: float


def recipe() -> str:
    """Return what suggestions depend on besides the transcript: rules and model."""
    figures = (FIGURES, turn_ends.FIGURES, edges.FIGURES)
    return " ".join([str(_RULES), *(one.digest() for one in figures)])


def suggest(
    turns: Sequence[TimedTurn], habits: Habits | None = None
) -> tuple[Suggestion, ...]:
    """Return questions and their answers, best first.

    ``answer`` is None where nobody answers; ``p_answered`` is then low. ``habits``
    are what the show's editors decided before; without them the figures that come
    with the package rank alone.
    """
    units = split(turns, at_rests=True)
    cuts = _of_programme(units)
    if not cuts:  # there the figures are those of whole sentences
        units = split(turns)
        cuts = _of_talk(units)
    found = [as_suggestion(units, cut) for cut in _likely_enough(cuts)]
    return reranked(found, habits or Habits())


def find_cuts(units: Sequence[Unit]) -> list[Cut]:
    """Return questions and answers in the order in which they are asked."""
    return _likely_enough(_of_programme(units) or _of_talk(units))


def _likely_enough(cuts: Sequence[Cut]) -> list[Cut]:
    return [cut for cut in cuts if cut.p_question >= _LEAST]


def _of_programme(units: Sequence[Unit]) -> list[Cut]:
    """Return viewers' questions where a talk is a programme with such."""
    if not units:
        return []
    if moderated.tells_voices_apart(units):
        return _of_viewers(_talk(units))
    return _of_one_voice(units)


def _of_talk(units: Sequence[Unit]) -> list[Cut]:
    """Return the questions of a talk or an interview, where no viewer asks."""
    if not units:
        return []
    if moderated.tells_voices_apart(units):
        return _by_voices(_talk(units))
    return _by_words(units)


def is_punctuated(units: Sequence[Unit]) -> bool:
    """Say whether sentences are marked as such, so that a missing mark means something."""
    ends = sum(unit.text.rstrip("\"')\u201d")[-1:] in tuple(ENDS) for unit in units)
    return ends >= _MARKED * len(units)


def _talk(units: Sequence[Unit]) -> Talk:
    return Talk.of(units, _marked(units))


def _by_voices(talk: Talk) -> list[Cut]:
    units = talk.units
    if is_punctuated(units) and (found := moderated.find(talk)):
        return [_scored(units, one, _MARKED_ODDS * one.marked) for one in found]
    ending = _turn_chances(talk)
    pairs = zip(talk.turns, ending, strict=True)
    odds = {turn.stop - 1: log_odds(p) for turn, p in pairs}
    return [
        _scored(units, one, odds.get(one.question[1], 0.0))
        for one in moderated.find(replace(talk, asking=_likely(talk, ending)))
    ]


def _of_one_voice(units: Sequence[Unit]) -> list[Cut]:
    """Return viewers' questions that somebody reads out and answers alone.

    Voices that were not told apart look the same.
    """
    told = is_punctuated(units) and viewers.are_told_of(units)
    if not told:  # a look at how it begins is quick
        said = [*accumulate(unit.length for unit in units)]
        talk = _talk(units[: max(1, bisect_right(said, _FIRST))])
        if not _ask_much(talk, edges.weigh(talk)):
            return []
    return _of_viewers(_talk(units))


def _of_viewers(talk: Talk) -> list[Cut]:
    """Return viewers' questions where a talk is a programme with such."""
    callers = find_callers(talk)
    weighed = edges.weigh(talk)
    begins = edges.likeliest(weighed.begins, _LEAST_OF_VIEWER)
    asked = viewers.begun_at(talk, callers, begins, ())
    if not (viewers.is_programme(talk, callers, asked) or _ask_much(talk, weighed)):
        return []
    by_rules = viewers.find_asked(talk, callers)
    known = [(one.first, one.last) for one in by_rules]
    weighed = edges.with_rules(talk, weighed, known)
    begins = edges.likeliest(weighed.begins, _LEAST_OF_VIEWER)
    asked = viewers.begun_at(talk, callers, begins, by_rules)
    firsts = [one.first for one in asked]
    answered = edges.answered(weighed, firsts)
    answers = replies.answers(talk, callers, asked, answered, weighed.ends)
    return [
        Cut(
            question=(one.first, one.last),
            answer=answer and (answer[0], _whole(talk.units, answer[1], firsts)),
            p_question=edges.shared(weighed.begins, one.first),
            p_answered=min(p_answered, 1.0 if answer else _SILENCE),
        )
        for one, answer, p_answered in zip(asked, answers, answered, strict=True)
    ]


def _whole(units: Sequence[Unit], last: int, firsts: Sequence[int]) -> int:
    """Return in which unit an answer's last sentence ends: no "unless" is cut off."""
    while (
        units[last].text.endswith(",")
        and last + 1 < len(units)
        and last + 1 not in firsts
        and units[last + 1].turn == units[last].turn
    ):
        last += 1
    return last


def _ask_much(talk: Talk, weighed: edges.Weighed) -> bool:
    """Say whether viewers ask so often, and from the beginning, that it is a programme.

    Then nobody need be told who they are. Lectures take questions late.
    """
    begun = bisect_right(talk.said, _FIRST) - 1
    asked = sum(p for p in weighed.begins[:begun] if p >= _LEAST_OF_VIEWER)
    return asked >= _FEW and 1000 * asked >= _MUCH * talk.said[begun]


def _marked(units: Sequence[Unit]) -> list[bool]:
    """Say which units ask: by their mark, or by their words where one is announced."""
    asking = []
    for position, unit in enumerate(units):
        near = units[max(0, position - _NEAR) : position + 1]
        led = any(n.turn == unit.turn and cues.announces(n.text) for n in near)
        asks = has_question_mark(unit.text) or (
            led and cues.asks_without_mark(unit.text)
        )
        asking.append(asks and not cues.tells_of_asker(unit.text))
    return asking


def _turn_chances(talk: Talk) -> list[float]:
    return turn_ends.FIGURES.load().chances(
        [" ".join(talk.units[n].text for n in turn) for turn in talk.turns],
        [talk.units[turn.start].speaker for turn in talk.turns],
    )


def _likely(talk: Talk, ending: Sequence[float]) -> list[bool]:
    """Say which units ask where no marks tell.

    Whoever stops to be answered has asked; who goes on has, where a viewer's question
    was announced.
    """
    units = talk.units
    chances = FIGURES.load().p_asking([unit.text for unit in units])
    asking = [False] * len(units)
    for turn, ends in zip(talk.turns, ending, strict=True):
        if ends >= _TURN_ASKS:
            for place in _asked_last(turn, chances):
                asking[place] = True
            continue
        for place in turn:
            led = units[max(turn.start, place - _NEAR) : place + 1]
            asks = chances[place] >= _ASKS or (
                place == turn.stop - 1 and cues.asks_without_mark(units[place].text)
            )
            asking[place] = asks and any(cues.of_message(unit.text) for unit in led)
    return asking


def _asked_last(turn: range, chances: Sequence[float]) -> range:
    """Return the units of the question at a turn's end, and what it tells before."""
    first = max(turn.start, turn.stop - 2)
    while first > turn.start and chances[first - 1] >= _ASKS_TOO:
        first -= 1
    return range(max(turn.start, first - _TOLD), turn.stop)


def _scored(units: Sequence[Unit], found: moderated.Found, odds: float) -> Cut:
    """Weigh what speaks for a viewer's question and for an answer to it.

    ``odds`` are those that it asks at all: by its mark, or by its words.
    """
    first, last = found.question
    words = sum(unit.length for unit in units[first : last + 1])
    odds += 0.7
    odds += 1.2 if found.announced else 0
    odds -= 4.0 if found.hosts_own else 0
    odds += 1.0 if found.declined else 0
    odds += 0.3 if words >= _SHORT_QUESTION else -0.7
    if not found.announced and not found.declined:
        odds -= 0.8 * math.log1p(found.rest)
    if found.answer is None:
        p_answered = 0.04 if found.declined else 0.2
        odds -= 0 if found.declined else 0.6
    else:
        said = sum(u.length for u in units[found.answer[0] : found.answer[1] + 1])
        p_answered = chance(2.6 + 0.6 * math.log(max(1, said) / _SHORT_ANSWER))
        odds += 0.4 if said >= 3 * _SHORT_ANSWER else -0.4
    return Cut(
        question=found.question,
        answer=found.answer,
        p_question=chance(odds),
        p_answered=p_answered,
    )


def _by_words(units: Sequence[Unit]) -> list[Cut]:
    texts = [unit.text for unit in units]
    path, chances = FIGURES.load().follow(texts, punctuated=is_punctuated(units))
    cuts = []
    for question, answer in spans(path):
        p_answered = 0.1
        if answer:
            said = sum(u.length for u in units[answer[0] : answer[1] + 1])
            p_answered = chance(0.6 + 1.4 * math.log(said / _SHORT_ANSWER))
        cuts.append(
            Cut(
                question=question,
                answer=answer,
                p_question=chances[question[0]],
                p_answered=p_answered,
            )
        )
    return cuts


def as_suggestion(units: Sequence[Unit], cut: Cut) -> Suggestion:
    """Return a cut as it is kept and shown, without a rank yet."""
    first, last = cut.question
    asker = units[first].speaker
    answer: Clip | None = None
    speakers: tuple[str, ...] = ()
    if cut.answer:
        spoken = units[cut.answer[0] : cut.answer[1] + 1]
        answer = Clip(start=spoken[0].start, end=spoken[-1].end)
        voices = dict.fromkeys(u.speaker for u in spoken if u.speaker is not None)
        others = tuple(voice for voice in voices if voice != asker)
        speakers = others or tuple(voices)
    return Suggestion(
        rank=0,
        question=SuggestedQuestion(
            start=units[first].start,
            end=units[last].end,
            text=" ".join(unit.text for unit in units[first : last + 1]),
        ),
        answer=answer,
        speakers=speakers,
        p_question=round(cut.p_question, 3),
        p_answered=round(cut.p_answered, 3),
        signs=signs(units, cut.question, cut.answer),
    )
