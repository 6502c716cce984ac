"""Words of medicine and of doubt: what each may change in an answer, and what replaces it.

Written down from how doctors of the spine speak. A word that is in no list here
changes nothing by itself.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


LEVEL = re.compile(r"([lcts])-?(\d{1,2})(?:[/\u2013\u2014-]([lcts]?)-?(\d{1,2}))?")
"""A level of the spine or two: L4, C5-6, L5/S1."""
DOSES = words(
    """
    capsule cc dose drop gram kilogram liter microgram milligram milliliter pill
    puff tablespoon tablet teaspoon unit
    """
)
UNITS = DOSES | words(
    """
    centimeter day degree hour inch kilometer meter mile millimeter minute month
    night percent pound repetition second set time week year
    """
)
UNIT_FORMS = {
    "mg": "milligram",
    "milligramme": "milligram",
    "mcg": "microgram",
    "g": "gram",
    "kg": "kilogram",
    "kilo": "kilogram",
    "ml": "milliliter",
    "millilitre": "milliliter",
    "litre": "liter",
    "cm": "centimeter",
    "mm": "millimeter",
    "lb": "pound",
    "min": "minute",
    "hr": "hour",
    "inches": "inch",
    "percentage": "percent",
    "rep": "repetition",
}


def _senses(groups: dict[str, str]) -> dict[str, str]:
    """Return the sense of each word, from the words of each sense."""
    return {word: sense for sense, text in groups.items() for word in text.split()}


NEGATIONS = _senses(
    {
        "not": "not no none nothing neither nor unable",
        "never": "never",
        "without": "without",
        "hardly": "hardly barely scarcely",
        "except": "except",
        "unless": "unless",
    }
)
FREQUENCIES = _senses(
    {
        "always": "always",
        "usually": "usually normally generally typically",
        "often": "often frequently",
        "sometimes": "sometimes occasionally",
        "rarely": "rarely seldom",
        "daily": "daily",
        "hourly": "hourly",
        "weekly": "weekly",
        "monthly": "monthly",
        "yearly": "yearly annually",
        "nightly": "nightly",
        "every": "every",
    }
)
MODALS = _senses(
    {
        "may": "may might can could maybe perhaps possibly",
        "must": "must need needs",
        "should": "should ought",
        "will": "will shall definitely certainly",
    }
)
AMOUNTS = words(
    """
    all any both each few half majority many minority most none several some
    """
)
PARTS = words(
    """
    ankle arm back bladder bone bowel buttock calf chest disc elbow finger foot
    groin hand head heel hip jaw joint knee leg ligament muscle neck nerve pelvis
    rib shoulder spine tendon thigh thumb toe wrist
    """
)
REGIONS = words(
    """
    cervical coccygeal lumbar sacral sacroiliac thoracic
    """
)
WARNINGS = words(
    """
    allergic ambulance avoid bleeding careful caution complication danger dangerous
    death emergencies emergency fatal fever harm harmful immediately infection
    paralysis risk risky serious stop unsafe urgent urgently warn warning
    """
)
DRUGS = words(
    """
    ablation acetaminophen acupuncture advil aleve anesthesia anesthetic antibiotic
    antidepressant aspirin baclofen biopsy botox brace calcium cannabidiol cannabis
    cbd celebrex chemotherapy chiropractic chiropractor corticosteroid cortisone
    coumadin ct cymbalta duloxetine eliquis emg epidural fentanyl flexeril fusion
    gabapentin glucosamine heparin implant infusion injection insulin lidocaine
    lyrica magnesium marijuana massage medication medicine metformin morphine motrin
    mri naproxen narcotic neurontin nsaid nucleoplasty operation opiate opioid
    oxycodone painkiller paracetamol plavix prednisone prp radiation radiofrequency
    relaxant rhizotomy scan steroid stimulator surgery thinner traction tramadol
    turmeric tylenol ultrasound valium vitamin warfarin xarelto xray
    """
)
LEFT_IN_SPEECH = words(
    """
    anything are be been being get gets got had has have he i is nothing she they
    was we were what you
    """
)
NOT_RIGHT_SIDE = words(
    """
    after amount answer away balance before decision direction doctor here now one
    person question there thing time to treatment way
    """
)
NOT_BEFORE_RIGHT = words(
    """
    all am are be is just quite that's was
    """
)
OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in words(
        """
    abnormal/normal above/below acute/chronic after/before always/never
    anterior/posterior at/under back/front benign/malignant best/worst better/worse
    closed/open cold/hot common/rare common/uncommon dangerous/safe
    decrease/increase decreases/increases down/up early/late faster/slower few/many
    fewer/more heat/ice help/hurt helps/hurts high/low higher/lower improve/worsen
    improves/worsens in/out inside/outside later/sooner least/most less/more
    likely/unlikely long/short lower/raise lower/upper lowers/raises major/minor
    maximum/minimum mild/severe negative/positive old/young over/under
    permanent/temporary proven/unproven pull/push quickly/slowly riskier/safer
    risky/safe start/stop starts/stops strong/weak stronger/weaker with/without
    """
    )
)
DRUG_SHAPE = re.compile(
    r".{2,}(?:caine|profen|cillin|mycin|statin|olol|pril|sartan|azole|azepam|zolam"
    r"|codone|morphone|gabalin|triptan|xaban|parin|sone|solone|oxacin|coxib|fenac"
    r"|oxetine|triptyline|benzaprine|oxicam|carbamol|zanidine|codeine|ectom(?:y|ies)|otom(?:y|ies)|plast(?:y|ies)"
    r"|scop(?:y|ies)|desis|ostom(?:y|ies)|myelogram|discogram|tidine|prazole)"
)


SOUNDS = words("ah ahm eh ehm er erm hm hmm huh mhm mmm uh uhm um umm")
"""Sounds that are no words, in small letters; "ER" and "mm" are some."""


def is_sound(text: str) -> bool:
    """Say whether a word, as it stands, is but a sound: "um,", not "ER"."""
    bare = text.strip("\"'(),.;:?!\u2026-\u2013\u2014")
    return bare.casefold() in SOUNDS and not (len(bare) > 1 and bare.isupper())


def unit_of(word: str) -> str | None:
    """Return a unit's one form, None for other words. "Second" alone is none."""
    if word in ("second", "set", "unit", "drop", "time"):
        return None
    single = word.removesuffix("s")
    if form := UNIT_FORMS.get(word) or UNIT_FORMS.get(single):
        return form
    return next((unit for unit in (word, single) if unit in UNITS), None)


def is_drug(norm: str) -> bool:
    """Say whether a word names a drug or a procedure, by the list or by its shape."""
    single = norm.removesuffix("s")
    return (
        norm in DRUGS
        or single in DRUGS
        or bool(DRUG_SHAPE.fullmatch(single))
        or bool(re.fullmatch(r"[a-z]\d+", norm) and not LEVEL.fullmatch(norm))
    )


def opposite(said: str, published: str) -> bool:
    """Say whether one word is the other's contrary: "safe" and "unsafe"."""
    if frozenset((said, published)) in OPPOSITES:
        return True
    short, long = sorted((said, published), key=len)
    prefixes = ("un", "in", "im", "ir", "non", "dis", "ab")
    return len(short) > 3 and long in {prefix + short for prefix in prefixes}
