"""What is in no list of kinds: a word that says something stays as it was said.

What is put in has to be among the words it replaces, in some form; what is left out
has to be small talk, or said again close by. Words of grammar come and go, but one
that links may not turn into another. All else is named, and a person looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pullquote.mark.guard.spelling import in_american
from pullquote.mark.guard.tokens import Token
from pullquote.mark.lexicon.asides import ASIDES
from pullquote.mark.lexicon.meanings import FREQUENCIES, WHO, stems, words

Stretch = tuple[tuple[int, int], tuple[int, int]]
"""Where what was said differs, and where what is published does."""
NEAR = 8
"""Words between two that changed places."""
GRAMMAR = words(
    """
    a an the this that these those them there here it its itself he him his himself she
    her hers herself they their theirs themselves i me my mine myself we us our ours
    ourselves you your yours yourself yourselves who whom whose which what whoever
    whatever how why where when if whether am is are was were be been being do does did
    done doing have has had having will would shall should can could may might must get
    gets got gotten getting become becomes became go goes going went gone let and or nor
    but so then than as of to in on at for with by from into onto about around up down
    out because since though although while such not no also
    """
)
"""Words that come and go where spoken grammar is mended."""
TALK = words(
    """
    absolutely actually again ahead all alright any anyhow anyway basically bit both called
    case certainly chair course currently definitely dollar dollars due each every exact
    exactly example fact frankly happen hear hello hi honest honestly idea imagine
    indeed instance just kind kinda knew know like listen madam mr literally look matter mean
    meant mention moment move now number obviously oh okay ones only order personally
    please point pretty question quite real really right said saw say see seen
    simply single sir situation some sort speak spoke spoken stuff super sure talk
    tell term thank thing think thought time told totally truly try understand want
    way well word yeah yes
    """
)
"""Words that are left out and not missed; what counts of them is of a kind of its own."""
_LINKS = """
in on at, to until, to through, about around, than from, than to, because since as, for
since, but though although while, and but, and to, off from, of in, of
on, of with, of for, of to, is are am, was were
"""
"""Words that link, and are as good as each other, by groups."""
_BEING = words("am are is was were")
_LINKING = words(_LINKS.replace(",", " ")) | words("or so by into onto up down out")
_FORMS = """
after afterwards; among amongst; amount number; around round; be been was were; because reason; begin began begun; break broke broken; bring brought; burn burnt; buy
bought; catch caught; check cheque; child children; choose chose chosen; come came; do
does did done; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten;
fall fell fallen; feel felt; few fewer less; find found; foot feet; get got gotten;
give gave given; go goes went gone; good well; gray grey; grow grew grown; have has
had; hold held; inquiry enquiry; judgment judgement; keep kept; know knew known; lay
lie laid lain lying; learn learnt; leave left; license licence; lose lost; lot many
bunch plenty ton; make made; man men; mean meant; people person folk; practice
practise; run ran; say said; see saw seen; sell sold; send sent; shrink shrank shrunk;
sit sat set; sleep slept; speak spoke spoken; spend spent; stand stood; swell swole
swollen; swim swam swum; take took taken; teach taught; tear tore torn; tell told;
think thought; tire tyre; vertebra vertebrae; wake woke woken; wear wore worn; while
whilst; woman women; write wrote written; aging ageing; aluminum aluminium; bend bent; bite bit
bitten; bleed bled; build built; cozy cosy; curb kerb; deal dealt; defense defence; dig
dug; draft draught; dream dreamt; exam examination; feed fed; fight fought; fly flew
flown; forget forgot forgotten; freeze froze frozen; hang hung; hear heard; hide hid
hidden; info information; kneel knelt; lab laboratory; lead led; lean leant; leap leapt;
maneuver manoeuvre; meet met; mold mould; mom mum mother; dad father; offense offence; orient orientate;
oriented orientated; pay paid; physio physiotherapist physiotherapy; plow plough;
pointed pointy; preventive preventative; prove proven; quads quadriceps; rehab
rehabilitation; ride rode ridden; ring rang rung; rise rose risen; shake shook shaken;
shoot shot; show shown; skeptic sceptic; skeptical sceptical; slide slid; smell smelt;
spell spelt; spill spilt; spin spun; spoil spoilt; stick stuck; sting stung; story
storey; strike struck stricken; sulfate sulphate; sulfur sulphur; sweep swept; throw
threw thrown; understand understood; win won
"""
"""Forms of a word that no ending tells, and what is right for what is said."""
_SAYING = words(
    "ask asked imagine mentioned part said say saying talked tell told explain"
)
_COURTESY = words("question thank thanks")
_LEADS = words("as if just let like what")
_PARTS = words("first second third last other part question")
"""What is said of a question in parts: "as for the second part,"."""
_LEADING = words("earlier works")
"""What a lead has beside small talk: "what I said earlier", "how it works is"."""
_TURNS = 30
"""Words with which two neighbouring sentences may begin or end alike."""
ANEW = 10
"""Words of a beginning, said again or of no weight; a longer one says something."""
_LONGEST_ASIDE = 9
ASKING = words(
    """
    am are can could did do does has have is must should was were will would
    """
)
ASKED = words("he i it she there they we you")
_AGAIN = 6
"""Words around what is left out in which it may be said again."""


def is_reworded(
    said: Sequence[Token],
    published: Sequence[Token],
    differences: Sequence[Stretch],
    number: int,
) -> bool:
    """Say whether a stretch that differs says something else than was said."""
    there, here = differences[number]
    old = [token.norm for token in said[slice(*there)]]
    new = [token.norm for token in published[slice(*here)]]
    lost: list[str] = []  # words change places
    put: list[str] = []
    for (a, b), (c, d) in differences[max(0, number - 2) : number + 3]:
        if a - there[1] <= NEAR and there[0] - b <= NEAR:
            lost += [token.norm for token in said[a:b]]
            put += [token.norm for token in published[c:d]]
    return (
        bool(_missing(filter(_says, new), lost))
        or _is_relinked(old, new)
        or (bool(old) and _is_missed(said, there, put, turned=not new))
    )


def _says(norm: str) -> bool:
    return len(norm) > 1 and norm.isalpha() and norm not in GRAMMAR


@lru_cache(maxsize=1 << 15)
def _forms(norm: str) -> frozenset[str]:
    """Return what two words have in common where one may stand for the other."""
    found = {*map(in_american, _stems(norm))}
    return frozenset(found).union(*(_GROUPS.get(form, ()) for form in found))


def alike(one: str, other: str) -> bool:
    """Say whether two words are forms of one: "goes" and "went", "centre" and "center"."""
    return not _forms(one).isdisjoint(_forms(other))


def _missing(norms: Iterable[str], others: Iterable[str]) -> list[str]:
    there = {form for norm in others for form in _forms(norm)}
    return [norm for norm in norms if there.isdisjoint(_forms(norm))]


def _is_relinked(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether one word that links became another: "and" an "or"."""
    if any(map(_says, (*old, *new))):
        return False
    was = [norm for norm in old if norm in _LINKING and norm not in new]
    now = [norm for norm in new if norm in _LINKING and norm not in old]
    if len(was) != len(now):  # "because he's, he's" and "though he's"
        was = [norm for norm in was if norm not in _BEING]
    return len(was) == len(now) == 1 and bool(_missing(now, was))


def torn(said: Sequence[Token], there: tuple[int, int], *, turned: bool) -> list[int]:
    """Return the places of what was left out of sentences of which something stays.

    Where a sentence begins as the next does, or ends as the one before, nobody knows
    which of the two was left out: ``turned`` lets it be the one that is whole.
    """
    if any(
        _begins(said, first) and said[last - 1].ends
        for first, last in (turns(said, *there) if turned else [there])
    ):
        return []
    first, last = there
    ends = [at for at in range(first, last) if said[at].ends]
    start = first if _begins(said, first) else (ends[0] + 1 if ends else last)
    stop = max(start, ends[-1] + 1) if ends else start
    return [*range(first, start), *range(stop, last)]


def turns(said: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield all stretches whose leaving out leaves the same words."""
    yield first, last
    a, b = first, last
    while first - a < _TURNS and a and said[a - 1].norm == said[b - 1].norm:
        a, b = a - 1, b - 1
        yield a, b
    a, b = first, last
    while a - first < _TURNS and b < len(said) and said[a].norm == said[b].norm:
        a, b = a + 1, b + 1
        yield a, b


def set_apart(
    said: Sequence[Token], differences: Sequence[Stretch]
) -> Iterator[Stretch]:
    """Yield the differences, what was left out as it stands between marks.

    Of "I must say, I rest it" is left out "I must say," and not "must say, I".
    """
    free = 0
    stops = [*(there[0] for there, _ in differences[1:]), len(said)]
    for ((a, b), (c, d)), stop in zip(differences, stops, strict=False):
        for first, last in turns(said, a, b) if a < b and c == d else ():
            begins = _begins(said, first) or pauses(said[first - 1])
            ends = said[last - 1].ends or pauses(said[last - 1])
            if begins and ends and free <= first and last <= stop:
                c, d = c + first - a, d + first - a
                a, b = first, last
                break
        yield (a, b), (c, d)
        free = b


def _begins(said: Sequence[Token], at: int) -> bool:
    return at == 0 or said[at - 1].ends


def _is_missed(
    said: Sequence[Token],
    there: tuple[int, int],
    put: Sequence[str],
    *,
    turned: bool,
) -> bool:
    """Say whether what was left out said something that is not said close by."""
    first, last = there
    places = torn(said, there, turned=turned)
    idle = asides(said, places)
    gone = [said[n] for n in places if said[n].ours and n not in idle]
    norms = [token.norm for token in gone]
    thanks = len(norms) <= ANEW and not _COURTESY.isdisjoint(norms)
    if thanks or is_lead(said, places):
        return False
    told = [norm for norm in norms if not is_small(norm)]
    near = _AGAIN + min(len(gone), ANEW)
    around = [*said[max(0, first - near) : first], *said[last : last + near]]
    again = [token.norm for token in around]
    begun = tuple(t.norm for t in gone if t.text.endswith(("-", "\u2013", "\u2014")))
    return any(
        not (norm in begun and any(a.startswith(norm) for a in again))
        for norm in _missing(told, [*put, *again])
    )


def asides(said: Sequence[Token], places: Sequence[int]) -> set[int]:
    """Return the places of phrases that say nothing, and of "isn't it?"."""
    found: set[int] = set()
    apart = [n for n in places if _begins(said, n) or pauses(said[n - 1])]
    for first in apart:
        for last in range(first, min(first + _LONGEST_ASIDE, places[-1] + 1)):
            norms = [said[n].norm for n in range(first, last + 1)]
            closed = said[last].ends or pauses(said[last])
            if closed and (" ".join(_bare(norms)) in ASIDES or _is_tag(norms)):
                found.update(range(first, last + 1))
    return found


def pauses(token: Token) -> bool:
    """Say whether a word is followed by a comma or its like."""
    return token.text.endswith((",", ";", ":", "\u2013", "\u2014"))


def _bare(norms: Sequence[str]) -> Sequence[str]:
    """Return words without the "and" or "but" at their beginning."""
    return norms[1:] if norms[0] in ("and", "but", "so", "well", "oh") else norms


def _is_tag(norms: Sequence[str]) -> bool:
    """Say whether words but ask for a nod: "isn't it", "do they"."""
    verb, *deny, who = norms if len(norms) > 1 else ("", "")
    return verb in ASKING and who in ASKED and deny in ([], ["not"])


def is_lead(said: Sequence[Token], places: Sequence[int]) -> bool:
    """Say whether words but lead to what is said: "as I said before,", "what we do is"."""
    if not 0 < len(places) <= ANEW or not _begins(said, places[0]):
        return False
    norms = [n for at in places if (n := said[at].norm) not in ("so", "and", "well")]
    told = not _SAYING.isdisjoint(norms)
    comma = said[places[-1]].text.endswith(",")
    if told and comma and norms[:2] in (["as", "i"], ["as", "we"]):
        return True  # "as I said in the first show,"
    if comma and norms[:2] == ["as", "for"]:
        return all(is_small(norm) or norm in _PARTS for norm in norms)
    if not norms or not all(is_small(n) or n in _LEADING for n in norms):
        return False
    return (
        (told and comma and norms[0] in _LEADS)
        or (told and not {"i", "we", "you"}.isdisjoint(norms))
        or (norms[0] in ("what", "how") and norms[-1] in ("is", "that", "was"))
    )


def is_small(norm: str) -> bool:
    """Say whether a word is grammar or small talk."""
    return not _says(norm) or not TALK.isdisjoint(_stems(norm))


def _stems(norm: str) -> frozenset[str]:
    return stems(norm, ("s", "es", "d", "ed", "ing", "ly"))


PAST = frozenset(word for row in _FORMS.split(";") for word in row.split()[1:])
"""Forms of verbs that are no base (and of other words, which have none)."""
_GROUPS: dict[str, set[str]] = {}
for _row in (*_LINKS.split(","), *_FORMS.split(";")):
    for _word in _row.split():
        _GROUPS.setdefault(in_american(_word), set()).add(" ".join(_row.split()))
for _word, _sense in (*WHO.items(), *FREQUENCIES.items()):
    _GROUPS.setdefault(in_american(_word), set()).add(f"as {_sense}")
