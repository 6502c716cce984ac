"""Sentences said and published: changes of meaning, and edits that are none.

Made by rule from a seed over real spoken sentences: those of the sample show's
doctors and those written here. ``bench/guard.py`` prints the figures.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

SPOKEN = (
    Path(__file__).parents[2] / "transcripts/2026-03-11-back-pain-basics/transcript.md"
)
"""The one that is in the repository: what a run adds beside it changes no figure."""

WRITTEN = """\
You can take two tablets of 500 mg three times a day, but no more than that.
The pain on the left side usually comes from the joint, not from the disc.
We never inject more than 40 milligrams of the steroid at one visit.
At L4-L5 the disc is worn, and at L5-S1 it is not.
You should not drive for twenty four hours after the procedure.
I don't think that everybody with a bulging disc needs an operation.
It's about one hundred and fifty milligrams, once daily, for ten days.
If your right leg gets weaker you must call us that same day.
An epidural injection may help for three to six months.
Ibuprofen is not safe for everybody, and naproxen isn't either.
About 80 percent of people are better within six weeks.
You might feel sore for a day or two, and that isn't dangerous.
Gabapentin is usually started at 300 mg at night and raised every three days.
I would never tell a patient to stop aspirin without asking the cardiologist.
The right knee was replaced in 2019 and the left one a year later.
We see this at C5 and C6 more often than at C7.
You have to wait at least 12 weeks before you lift anything heavy.
A fusion can take twelve months to heal, and sometimes it doesn't.
Do the stretches twice a day, holding each for thirty seconds.
The MRI can't show us how much pain you have.
Radiofrequency ablation often lasts six to nine months.
Nobody should take opioids for years without a plan.
There is no good evidence that magnets help.
You should walk for 20 minutes every day, even if it hurts a little.
She could have the surgery, but she doesn't need to.
Most people take about four weeks off work after a discectomy.
The left foot drags, and that is not something to wait with.
Tramadol may make you drowsy, so you must not drive.
We always check the blood sugar before we give cortisone.
It is rarely an emergency, but a fever is never normal after an injection.
The lumbar spine has five vertebrae and the cervical spine has seven.
Patients with a pacemaker cannot have every kind of scan.
You may shower after two days, and you will need a new dressing weekly.
Prednisone at 20 milligrams a day can raise your pressure.
Physical therapy works for about half of them within eight weeks.
Put ice on it for fifteen minutes, four times a day.
A laminectomy at one level isn't the same as a laminectomy at three levels.
The numbness in the right hand comes from the wrist and not from the neck.
Acetaminophen is fine up to three grams in a day.
You shouldn't stop your blood thinner unless your doctor says so.
"""

NUMBERS = """\
two three four five six seven eight nine ten twelve fifteen twenty""".split()  # noqa: SIM905
UNITS = ("minutes", "hours", "days", "weeks", "months", "years", "seconds")
DRUGS = """\
ibuprofen naproxen gabapentin aspirin acetaminophen tramadol cortisone prednisone
meloxicam pregabalin diclofenac celecoxib cyclobenzaprine methocarbamol""".split()  # noqa: SIM905
PROCEDURES = """\
fusion laminectomy discectomy ablation injection kyphoplasty""".split()  # noqa: SIM905
OFTEN = ["always", "usually", "often", "sometimes", "rarely", "seldom"]
MODALS = {"possible": ("may", "might", "can", "could"), "needed": ("must", "should")}

Rule = Callable[[random.Random, str], str | None]


def sentences() -> list[str]:
    """Return the sentences of the sample's doctors, then those written here."""
    found = []
    speaker = ""
    for line in SPOKEN.read_text().split("\n"):
        if line.startswith("**"):
            speaker = line
        elif len(line.split()) > 5 and "Larkfield" not in speaker:
            found.append(line)
    return [
        *(s for s in found if not s.startswith(("episode", "words"))),
        *(WRITTEN.strip().split("\n")),
    ]


def _swap(
    dice: random.Random, text: str, pattern: str, new: Callable[[str], str]
) -> str | None:
    places = list(re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE))
    if not places:
        return None
    place = dice.choice(places)
    return text[: place.start()] + new(place.group()) + text[place.end() :]


def _other(
    dice: random.Random, words: tuple[str, ...] | list[str]
) -> Callable[[str], str]:
    return lambda old: dice.choice([w for w in words if w != old.casefold()])


def negation_off(dice: random.Random, text: str) -> str | None:
    if "n't" in text and dice.random() < 0.5:
        return text.replace("can't", "can").replace("n't", "", 1)
    return (
        _swap(dice, text, "not|never", lambda _: "").__str__()
        if re.search(r"\b(?:not|never)\b", text)
        else _swap(dice, text, "no", lambda _: "some")
    )


def negation_on(dice: random.Random, text: str) -> str | None:
    verbs = r"(?:is|are|can|may|should|will|must|would)(?! not| never|n't|'t)"
    return _swap(dice, text, verbs, lambda old: f"{old} not")


def number(dice: random.Random, text: str) -> str | None:
    if dice.random() < 0.5 and (
        found := _swap(
            dice,
            text,
            r"\d{1,3}(?![\d-])",
            lambda old: str(int(old) + dice.choice((1, 5, 10))),
        )
    ):
        return found
    words = "|".join(w for w in NUMBERS if w != "twenty")
    return _swap(dice, text, words, _other(dice, NUMBERS))


def dose(dice: random.Random, text: str) -> str | None:
    if dice.random() < 0.5:
        return _swap(
            dice,
            text,
            r"mg|milligrams|grams",
            lambda o: "grams" if o != "grams" else "mg",
        )
    return _swap(
        dice, text, r"\d+ (?:mg|milligrams)", lambda o: f"{int(o.split()[0]) * 10} mg"
    )


def unit(dice: random.Random, text: str) -> str | None:
    return (
        _swap(
            dice,
            text,
            rf"(?<=[a-z0-9] )(?:{'|'.join(UNITS)})(?<!these days)",
            _other(dice, UNITS),
        )
        if re.search(rf"\b(?:\d+|{'|'.join(NUMBERS)}|few) (?:{'|'.join(UNITS)})", text)
        else None
    )


def frequency(dice: random.Random, text: str) -> str | None:
    swaps = {
        "twice": "once",
        "daily": "weekly",
        "weekly": "daily",
        "every": "every other",
    }
    if dice.random() < 0.3 and (
        found := _swap(dice, text, "twice|daily|weekly", lambda o: swaps[o.casefold()])
    ):
        return found
    return _swap(
        dice, text, "|".join(OFTEN[:4]), lambda _: dice.choice(OFTEN[4:])
    ) or _swap(dice, text, "rarely|seldom", lambda _: dice.choice(OFTEN[:3]))


def side(dice: random.Random, text: str) -> str | None:
    if not re.search(r"\b(?:left|right) (?:side|leg|foot|hand|knee|one)", text):
        return None
    return _swap(
        dice,
        text,
        r"(?:left|right)(?= (?:side|leg|foot|hand|knee|one))",
        lambda o: "right" if o == "left" else "left",
    )


def level(dice: random.Random, text: str) -> str | None:
    return _swap(
        dice, text, r"[LC]\d", lambda o: o[0] + str(int(o[1]) % 6 + 1)
    ) or _swap(dice, text, "lumbar|cervical", lambda o: "thoracic")


def drug(dice: random.Random, text: str) -> str | None:
    return _swap(dice, text, "|".join(DRUGS), _other(dice, DRUGS)) or _swap(
        dice, text, "|".join(PROCEDURES), _other(dice, PROCEDURES)
    )


def modality(dice: random.Random, text: str) -> str | None:
    old, new = dice.choice((("possible", "needed"), ("needed", "possible")))
    pattern = "|".join(MODALS[old]) + ("|have to" if old == "needed" else "")
    return _swap(
        dice, text, rf"(?:{pattern})(?!not)", lambda _: dice.choice(MODALS[new])
    )


CHANGES: tuple[Rule, ...] = (
    negation_off,
    negation_on,
    number,
    dose,
    unit,
    frequency,
    side,
    level,
    drug,
    modality,
)


def filler(dice: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(dice.randint(1, 3)):
        word = dice.choice(
            ("um,", "uh,", "you know,", "I mean,", "well,", "sort of", "like,", "okay,")
        )
        words.insert(dice.randrange(len(words)), word)
    return " ".join(words)


def false_start(dice: random.Random, text: str) -> str:
    words = text.split()
    at = dice.randrange(max(1, len(words) - 4))
    again = [word.rstrip(".,;") for word in words[at : at + dice.randint(1, 3)]]
    return " ".join([*words[:at], *again, *words[at:]])


def lead_in(dice: random.Random, text: str) -> str:
    lead = dice.choice(
        (
            "So, ",
            "Well, yeah, ",
            "Let me see. ",
            "Okay, so, ",
            "That is a good question. ",
        )
    )
    return lead + text[0].lower() + text[1:] if lead[-2] == "," else lead + text


CONTRACTED = (
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("is not", "isn't"),
    ("cannot", "can't"),
    ("should not", "shouldn't"),
    ("It is", "It's"),
    ("that is", "that's"),
    ("you will", "you'll"),
    ("it is", "it's"),
    ("We have", "We've"),
    ("I would", "I'd"),
    ("there is", "there's"),
)
DIGITS = {
    w: str(n)
    for w, n in zip(NUMBERS, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20), strict=True)
}


def contraction(dice: random.Random, text: str) -> str | None:
    pairs = [(a, b) for a, b in CONTRACTED if re.search(rf"\b{a}\b", text)]
    pairs += [(b, a) for a, b in CONTRACTED if b in text]
    if not pairs:
        return None
    old, new = dice.choice(pairs)
    return text.replace(old, new, 1)


def digits(dice: random.Random, text: str) -> str | None:
    if "twenty four" in text or "hundred" in text:
        return text.replace("twenty four", "24").replace("one hundred and fifty", "150")
    return _swap(dice, text, "|".join(NUMBERS), lambda old: DIGITS[old.casefold()])


def points(dice: random.Random, text: str) -> str:
    text = (
        text.replace(",", "")
        if dice.random() < 0.5
        else text.replace(" and ", ", and ")
    )
    return (
        text.upper()
        if dice.random() < 0.2
        else text.rstrip(".") + dice.choice((".", "!", ";"))
    )


def article(dice: random.Random, text: str) -> str | None:
    return _swap(
        dice, text, r"(?:the|a|an) (?!day|week|few|little|second)", lambda _: ""
    )


def grammar(dice: random.Random, text: str) -> str | None:
    swaps = {
        "that": "which",
        "who": "that",
        "going": "moving",
        "makes": "make",
        "people": "persons",
        "which": "that",
        "gets": "becomes",
        "about": "around",
        "but": "though",
        "feel": "feels",
        "often": "frequently",
        "usually": "normally",
        "milligrams": "mg",
    }
    return _swap(dice, text, "|".join(swaps), lambda old: swaps[old.casefold()])


HARMLESS: tuple[tuple[Rule, bool], ...] = (
    (filler, True),
    (false_start, True),
    (lead_in, True),
    (contraction, False),
    (digits, False),
    (points, False),
    (article, False),
    (grammar, False),
)
"""Each rule, and whether its result is what was said (the text is what is published)."""


def changed(count: int, seed: int = 5) -> Iterator[tuple[str, str, str]]:
    """Yield the rule's name, a sentence as said, and one that means something else."""
    dice = random.Random(seed)
    texts = sentences()
    made = 0
    while made < count:
        rule = CHANGES[made % len(CHANGES)]
        said = dice.choice(texts)
        published = rule(dice, said)
        if published is not None and published.split() != said.split():
            made += 1
            yield rule.__name__, said, published


def harmless(count: int, seed: int = 5) -> Iterator[tuple[str, str, str]]:
    """Yield the rule's name, a sentence as said, and a mended one of its meaning."""
    dice = random.Random(seed)
    texts = sentences()
    made = 0
    while made < count:
        rule, spoken = HARMLESS[made % len(HARMLESS)]
        text = dice.choice(texts)
        other = rule(dice, text)
        if other is not None and other != text:
            made += 1
            yield (
                (rule.__name__, other, text) if spoken else (rule.__name__, text, other)
            )
