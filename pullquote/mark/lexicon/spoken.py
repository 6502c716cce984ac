"""One form for what is said or written in several ways: short forms, numbers, phrases."""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import words

_SHORT = """
ain't is not; alright all right; anybody anyone; anyways anyway; bucks dollars;
can't can not; cannot can not; cant can not; cos because; coulda could have; cuz
because; doc doctor; dr doctor; dunno do not know; em them; everybody everyone;
fortnight two weeks; gimme give me; gonna going to; gotta got to; ii two; iii three;
kinda kind of; lemme let me; let's let us; meds medication; mister mr; mph miles an
hour; musta must have; nah no; nobody no one; naught zero; nought zero; noone no
one; nope no; ok okay; op operation; outta out of; shan't shall not; shoulda should
have; somebody someone; sorta sort of; thrice three times; thru through; til until;
till until; twice two times; vs versus; wanna want to; won't will not; wont will
not; woulda would have; y'all you all; yeah yes; yep yes; yup yes
"""
CONTRACTED = {
    word: " ".join(full) for word, *full in (row.split() for row in _SHORT.split(";"))
}
"""What a word is short for, in speech and in writing."""
ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
IS_SHORTENED = words("it that there here what who how he she")
"""After which "'s" is "is"."""
_SPELLINGS = """
our or; ise ize; isa iza; isi izi; yse yze; ll l; ae e; oe e; mme m; ogue og; disk disc
"""
SPELLINGS = [pair.split() for pair in _SPELLINGS.split(";")]
"""Spellings of the British and the Americans."""
_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen
"""
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ONES = {word: number for number, word in enumerate(_SMALL.split())}
TENS = {word: 10 * number for number, word in enumerate(_ROUND.split(), 2)}
POWERS = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6}
POWERS["billion"] = 10**9
DECADES = {word[:-1] + "ies": word for word in TENS}
ORDINALS = {
    **{word: f"nth{number}" for number, word in enumerate(_RANKS.split(), 1)},
    **{f"{word}th": f"nth{number}" for word, number in ONES.items() if number > 12},
    **{f"{word[:-1]}ieth": f"nth{number}" for word, number in TENS.items()},
    "eleventh": "nth11",
    "twelfth": "nth12",
}
PARTS_OF_HOUR = {
    ("half", "an", "hour"): "30",
    ("a", "quarter", "of", "an", "hour"): "15",
}
"""In minutes."""
PER = {span: f"{span}ly" for span in ("hour", "week", "month", "year", "night")}
PER["day"] = "daily"
"""What "every" and a span of time are in one word."""
SCALES = {"c": "celsius", "f": "fahrenheit", "centigrade": "celsius"}
ANY = {"no": "any", "none": "any", "nothing": "anything"}
"""What only says a "not" again after "don't have", and what it says alone."""
HELD = words("have had got get need want see seen find found feel hurt")
BOTH_SEXES = {
    "she": {"he": "they"},
    "her": {"him": "them", "his": "their"},
    "hers": {"his": "theirs"},
}
"""What "he or she" is in one word, by its last and its first."""
BECAUSE = words("he i it of she that the there they we you")
"""What follows a "cause" that is short for "because"."""
CLOSING = words("because but since so")
"""What closes a clause by beginning another."""
_PAIRS = """
going to: will; every other: alternate; every nth2: alternate; per cent: percent;
x ray: xray; x rays: xray; more quickly: quicker; more slowly: slower; more tightly: tighter;
more deeply: deeper; more worse: worse; more better: better; not never: never;
not hardly: hardly; have to: must; has to: must; had to: must; need to: must;
needs to: must; got to: must
"""
PAIRS = {
    tuple(pair.split()): one.strip()
    for pair, one in (row.split(":") for row in _PAIRS.split(";"))
}
"""Two words that are one."""
