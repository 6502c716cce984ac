"""Words of medicine and of doubt: what each may change in an answer, and what replaces it.

Written down from how doctors of the spine speak. A word that is in no list here
changes nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """Return the phrases of a list that is written as text, with commas."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


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
    acre centimeter day degree gallon hour inch kilometer meter mile millimeter minute
    month night ounce percent pound repetition second set time week yard year
    """
)
UNIT_FORMS = {
    "mg": "milligram",
    "mcg": "microgram",
    "g": "gram",
    "kg": "kilogram",
    "kilo": "kilogram",
    "ml": "milliliter",
    "cm": "centimeter",
    "mm": "millimeter",
    "lb": "pound",
    "min": "minute",
    "hr": "hour",
    "inches": "inch",
    "percentage": "percent",
    "rep": "repetition",
}


_SHORT = """
ain't is not; alright all right; anybody anyone; anyways anyway; bucks
dollars; can't can not; cannot can not; cant can not; cos because; coulda could have; cuz
because; doc doctor; dr doctor; dunno do
not know; em them; everybody everyone; fortnight two weeks; gimme give me; gonna going to; gotta got to; ii two; iii
three; kinda kind of; lemme let me; let's let us; meds medication; mister mr; mph miles an hour; musta must have; nah no;
nobody no one; naught zero; nought zero; noone no one; nope no; ok okay; op operation; outta out of; shan't shall not; shoulda
should have; somebody someone; sorta sort of; thrice three times; thru through; til
until; till until; twice two times; vs versus; wanna want to; won't will not; wont will not;
woulda would have; y'all you all; yeah yes; yep yes; yup yes
"""
CONTRACTED = {
    word: " ".join(full) for word, *full in (row.split() for row in _SHORT.split(";"))
}
"""What a word is short for, in speech and in writing."""


def senses(groups: dict[str, str]) -> dict[str, str]:
    """Return the sense of each word, from the words of each sense."""
    return {word: sense for sense, text in groups.items() for word in text.split()}


NEGATIONS = senses(
    {
        "not": "not no non none nothing neither nor unable",
        "never": "never",
        "without": "without",
        "hardly": "hardly barely scarcely",
        "except": "except",
        "unless": "unless",
        "against": "against",
        "avoid": "avoid avoids avoided avoiding",
        "fail": "fail fails failed failing failure",
        "lack": "lack lacks lacked lacking",
        "doubt": "doubt doubts doubtful refuse refuses refused",
        "instead": "instead despite",
    }
)
FREQUENCIES = senses(
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
        "alternate": "alternate",
        "bid": "bid",
        "tid": "tid",
        "qid": "qid",
        "qd": "qd od",
        "prn": "prn",
    }
)
CONDITIONS = senses({"if": "if whether when whenever"})
IN_PASSING = frozenset(
    tuple(pair.split())
    for pair in ("you will", "you like", "you know", "i may", "that makes", "you ask")
)
"""What follows an "if" that is no condition."""
WHO = senses(
    {
        "speaker": "i me my mine myself we us our ours ourselves",
        "listener": "you your yours yourself yourselves",
        "he": "he him his himself",
        "she": "she her hers herself",
        "they": "they them their theirs themselves",
        "man": "man men male males boy boys",
        "woman": "woman women female females girl girls",
        "child": "child children kid kids infant infants baby babies",
        "adult": "adult adults",
    }
)
DATES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june
    july august september october november december
    """
)
MODALS = senses(
    {
        "may": "may might can could maybe perhaps possibly",
        "must": "must need needs",
        "should": "should ought",
        "will": "will shall definitely certainly",
        "would": "would",
    }
)
BOUND_TO = senses(
    {
        "should": "supposed",
        "must": "required obliged obligated forced",
        "may": "allowed permitted entitled able free",
    }
)
"""What is as good as "may" or "must" before a "to"."""
AMOUNTS = words(
    """
    all any both couple double dozen each either few hundreds majority many millions
    minority most none quadruple several some tenfold thousands threefold triple twofold
    """
)
PARTS = words(
    """
    abdomen ankle arm artery back bladder bone bowel brain buttock calf chest disc elbow
    finger foot groin hand head heart heel hip jaw joint kidney knee leg ligament liver
    lung muscle neck nerve pelvis rib shin shoulder skin spine stomach tendon thigh thumb
    toe vein wrist
    """
)
REGIONS = words(
    """
    cervical coccygeal lumbar sacral sacroiliac thoracic
    """
)
ILLNESSES = words(
    """
    aneurysm anxiety bleed cancer cancerous clot concussion covid depression diabetes
    diabetic dislocation edema flu fracture fractured herniated herniation hernia
    impingement inflammation ischemia lupus migraine myeloma numbness obesity palsy
    radiculopathy rupture sciatica shingles slipped spasm sprain strain stroke swelling
    tear tumor tumour ulcer weakness
    """
)
ILLNESS_SHAPE = re.compile(
    r".{3,}(?:itis|osis|oses|opathy|algia|plegia|listhesis|penia|emia)"
)
WARNINGS = words(
    """
    allergic ambulance bleeding careful caution complication danger dangerous
    death emergencies emergency fatal fever harm harmful immediately infection
    paralysis risk risky serious stop unsafe urgent urgently warn warning
    """
)
BRANDS = words(
    """
    advil aleve ambien ativan augmentin benadryl botox buspar celebrex coumadin cymbalta
    effexor eliquis enbrel excedrin feldene flexeril forteo fosamax humira icyhot
    jardiance keflex keppra klonopin lasix lexapro lidoderm lipitor lovenox lyrica medrol
    miralax mobic motrin mounjaro neurontin nexium norco novocain oxycontin ozempic paxil
    pepcid percocet plaquenil plavix pradaxa premarin prilosec prolia prozac robaxin
    salonpas skelaxin suboxone synthroid tegretol topamax toradol tylenol ultram valium
    viagra vicodin vioxx voltaren wegovy wellbutrin xanax xarelto zanaflex zantac zepbound
    zocor zofran zoloft zyrtec
    """
)
DRUGS = BRANDS | words(
    """
    ablation acetaminophen acupuncture anesthesia anesthetic antibiotic
    antidepressant aspirin baclofen biopsy brace calcium cannabidiol cannabis
    cbd chemotherapy chiropractic chiropractor corticosteroid cortisone
    ct duloxetine emg epidural fentanyl fusion
    gabapentin glucosamine heparin implant infusion injection insulin lidocaine
    magnesium marijuana massage medication medicine metformin morphine motrin
    mri naproxen narcotic nsaid nucleoplasty operation opiate opioid
    oxycodone painkiller paracetamol prednisone prp radiation radiofrequency
    relaxant rhizotomy scan steroid stimulator surgery thinner traction tramadol
    turmeric ultrasound vitamin warfarin xray
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
_CONTRARIES = """
abnormal/normal above/below accelerate/slow acute/chronic add/remove adult/child
after/before after/until agree/refuse all/none allow/forbid alone/together always/never
anterior/posterior artery/vein at/under back/front bad/good because/despite before/until
begin/end begin/stop benign/malignant best/worst better/worse big/little big/small
both/one cause/prevent celsius/fahrenheit closed/open cold/hot common/rare continue/stop
cure/treat dangerous/safe day/night difficult/easy different/same distal/proximal
double/half double/halve down/up early/late easy/hard empty/full end/start evening/morning
extend/flex extension/flexion fall/rise false/true far/near fast/slow fell/rose fewer/more
few/many finish/start last/nth1 forbidden/allowed forget/remember gain/lose gained/lost
harmful/safe heat/ice heavy/light help/hurt high/low if/unless improve/worsen in/out
inside/outside keep/stop large/little large/small lateral/medial least/most less/more
long/short loose/tight loosen/tighten lower/raise lower/upper major/minor maximum/minimum
mild/severe minus/plus morning/afternoon morning/bedtime morning/night narrow/wide
narrow/widen negative/positive off/on old/young over/under over/up part/whole half/whole
permanent/temporary post/pre pull/push quick/slow quickly/slowly right/wrong
sit/stand sooner/later soon/late speed/slow start/stop strengthen/weaken strong/weak
thick/thin thicken/thin until/when with/without
accept/reject alive/dead approve/deny asleep/awake caudal/cranial cold/warm cool/hot
concave/convex confirm/exclude constant/intermittent contract/stretch deep/shallow
deep/superficial die/live dorsal/ventral dull/sharp expand/shrink flexible/rigid
flexible/stiff grow/shrink hard/soft increase/lower increase/reduce kyphosis/lordosis
motor/sensory multiple/single new/old oral/topical osteopenia/osteoporosis partial/complete
pass/fail primary/secondary pronation/supination raise/reduce reduced/elevated
relax/tense relax/tighten rise/drop valgus/varus
day/weekend doctor/nurse doctor/patient general/local nurse/patient optional/mandatory
optional/required public/private recommend/require spring/autumn suggest/require
summer/winter temporary/lasting today/tomorrow tomorrow/yesterday today/yesterday
more/most least/less void/valid voluntary/mandatory
dry/wet weekday/weekend within/after within/beyond
"""
OPPOSITES: dict[str, frozenset[str]] = {}
for _pair in _CONTRARIES.split():
    for _one, _other in (_pair.split("/"), _pair.split("/")[::-1]):
        OPPOSITES[_one] = OPPOSITES.get(_one, frozenset()) | {_other}
_DENIALS = ("un", "in", "im", "il", "ir", "non", "dis", "ab", "anti", "contra")
"""What makes a word its contrary, before it."""
_SWAPPED = (
    *(
        ("pre", "post"),
        ("hyper", "hypo"),
        ("in", "ex"),
        ("in", "de"),
        ("over", "under"),
    ),
    *(("up", "down"), ("for", "back"), ("uni", "bi"), ("intra", "extra")),
    *(("inter", "intra"), ("ante", "anti")),
    *(("ab", "ad"), ("contra", "ipsi")),
)
"""Beginnings that are each other's contrary: "increase", "decrease"."""
DRUG_SHAPE = re.compile(
    r".{2,}(?:caine|profen|cillin|mycin|statin|olol|pril|sartan|azole|azepam|zolam"
    r"|codone|morphone|gabalin|triptan|xaban|parin|sone|solone|oxacin|coxib|fenac"
    r"|oxetine|triptyline|benzaprine|oxicam|carbamol|zanidine|codeine|ectom(?:y|ies)|otom(?:y|ies)|plast(?:y|ies)"
    r"|scop(?:y|ies)|desis|glutide|dronate|gliptin|setron|mab|droxyzine|dralazine|rolac|ostom(?:y|ies)|myelogram|discogram|tidine|prazole)"
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
        found |= OPPOSITES.get(base, frozenset())
        if len(base) > 3:
            found |= {prefix + base for prefix in _DENIALS}
        found |= {
            base.removeprefix(prefix)
            for prefix in _DENIALS
            if base.startswith(prefix) and len(base) - len(prefix) > 3
        }
        for one, other in (*_SWAPPED, *(pair[::-1] for pair in _SWAPPED)):
            if base.startswith(one) and len(base) - len(one) > 2:
                found.add(other + base.removeprefix(one))
        for one, other in (
            ("ful", "less"),
            ("less", "ful"),
            ("er", "est"),
            ("est", "er"),
        ):
            if base.endswith(one) and len(base) > 4:
                found.add(base.removesuffix(one) + other)
    return frozenset(found)
