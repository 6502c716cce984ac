"""Words that are each other's contrary: by a list, or by how they begin or end.

"Safe" and "unsafe", "rise" and "fell", "hypertension" and "hypotension".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_CONTRARIES = """
above/below accelerate/slow acute/chronic add/remove adult/child after/before
after/until agree/refuse all/none allow/forbid alone/together always/never
anterior/posterior artery/vein at/under back/front bad/good because/despite before/until
begin/end begin/stop benign/malignant best/worst better/worse big/little big/small
both/1 cause/prevent celsius/fahrenheit closed/open cold/hot common/rare continue/stop
cure/treat dangerous/safe day/night difficult/easy different/same distal/proximal
double/half double/halve down/up early/late easy/hard empty/full end/start
evening/morning extend/flex extension/flexion fall/rise false/true far/near fast/slow
fell/rose fewer/more few/many finish/start last/nth1 forbidden/allowed forget/remember
gain/lose gained/lost harmful/safe heat/ice heavy/light help/hurt high/low if/unless
improve/worsen in/out inside/outside keep/stop large/little large/small lateral/medial
least/most less/more long/short loose/tight loosen/tighten lower/raise lower/upper
major/minor maximum/minimum mild/severe minus/plus morning/afternoon morning/bedtime
morning/night narrow/wide narrow/widen negative/positive off/on old/young over/under
over/up part/whole half/whole permanent/temporary post/pre pull/push quick/slow
quickly/slowly right/wrong sit/stand soon/late speed/slow start/stop strengthen/weaken
strong/weak thick/thin thicken/thin until/when with/without accept/reject alive/dead
approve/deny asleep/awake caudal/cranial cold/warm cool/hot concave/convex
confirm/exclude constant/intermittent contract/stretch deep/shallow deep/superficial
die/live dorsal/ventral dull/sharp expand/shrink flexible/rigid flexible/stiff
grow/shrink hard/soft increase/lower increase/reduce kyphosis/lordosis motor/sensory
multiple/single new/old oral/topical osteopenia/osteoporosis partial/complete pass/fail
primary/secondary pronation/supination raise/reduce reduced/elevated relax/tense
relax/tighten rise/drop valgus/varus day/weekend doctor/nurse doctor/patient
general/local nurse/patient optional/mandatory optional/required public/private
recommend/require spring/autumn suggest/require summer/winter temporary/lasting
today/tomorrow tomorrow/yesterday today/yesterday more/most least/less void/valid
voluntary/mandatory dry/wet weekday/weekend within/after within/beyond
"""
_OPPOSITES: dict[str, frozenset[str]] = {}
for _pair in _CONTRARIES.split():
    for _one, _other in (_pair.split("/"), _pair.split("/")[::-1]):
        _OPPOSITES[_one] = _OPPOSITES.get(_one, frozenset()) | {_other}
_DENIALS = ("un", "in", "im", "il", "ir", "non", "dis", "ab", "anti", "contra")
"""What makes a word its contrary, before it."""
_BEGINNINGS = """
pre/post hyper/hypo in/ex in/de over/under up/down for/back uni/bi intra/extra inter/intra
ante/anti ab/ad contra/ipsi
"""
_SWAPPED = [pair.split("/") for pair in _BEGINNINGS.split()]
_SWAPPED += [pair[::-1] for pair in _SWAPPED]
"""Beginnings that are each other's contrary: "increase", "decrease"."""
_ENDINGS = (("ful", "less"), ("less", "ful"), ("er", "est"), ("est", "er"))


def opposite(said: str, published: str) -> bool:
    """Say whether one word is the other's contrary: "safe" and "unsafe"."""
    return not contraries(said).isdisjoint(bases(published))


@lru_cache(maxsize=1 << 15)
def bases(word: str) -> frozenset[str]:
    """Return a word and what it may be without its ending: "rising" is "rise"."""
    return stems(word, ("s", "es", "d", "ed", "ing", "er"))


def stems(word: str, endings: Sequence[str]) -> frozenset[str]:
    """Return a word and what it may be without one of these endings."""
    found = {word}
    for ending in endings:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found |= {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                found.add(stem[:-1])
            if stem[-1] == "i":  # "studied", "easily"
                found.add(stem[:-1] + "y")
    return frozenset(found)


@lru_cache(maxsize=1 << 15)
def contraries(word: str) -> frozenset[str]:
    """Return what would be the contrary of a word, by the list or by its shape."""
    found: set[str] = set()
    for base in bases(word):
        found |= _OPPOSITES.get(base, frozenset())
        if len(base) > 3:
            found |= {prefix + base for prefix in _DENIALS}
        found |= {
            base.removeprefix(prefix)
            for prefix in _DENIALS
            if base.startswith(prefix) and len(base) - len(prefix) > 3
        }
        for one, other in _SWAPPED:
            if base.startswith(one) and len(base) - len(one) > 2:
                found.add(other + base.removeprefix(one))
        for one, other in _ENDINGS:
            if base.endswith(one) and len(base) > 4:
                found.add(base.removesuffix(one) + other)
    return frozenset(found)
