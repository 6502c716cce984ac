"""Words of medicine and of doubt: what each may change in an answer, and what replaces it.

Written down from how doctors of the spine speak. A word that is in no list here
changes nothing by itself.
"""

from __future__ import annotations

import re


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


def senses(text: str) -> dict[str, str]:
    """Return the sense of each word: the first of its group, between semicolons."""
    groups = [group.split() for group in text.split(";")]
    return {word: group[0] for group in groups for word in group}


_UNIT_FORMS = senses(
    """
    milligram mg; microgram mcg; gram g; kilogram kg kilo; milliliter ml; centimeter cm;
    millimeter mm; pound lb; minute min; hour hr; inch inches; percent percentage;
    repetition rep
    """
)
NEGATIONS = senses(
    """
    not no non none nothing neither nor unable; never; without; hardly barely scarcely;
    except; unless; against; avoid avoids avoided avoiding; fail fails failed failing
    failure; lack lacks lacked lacking; doubt doubts doubtful refuse refuses refused;
    instead despite
    """
)
FREQUENCIES = senses(
    """
    always; usually normally generally typically; often frequently; sometimes
    occasionally; rarely seldom; daily; hourly; weekly; monthly; yearly annually;
    nightly; every; alternate; bid; tid; qid; qd od; prn
    """
)
CONDITIONS = senses("if whether when whenever")
IN_PASSING = frozenset(
    tuple(pair.split())
    for pair in ("you will", "you like", "you know", "i may", "that makes", "you ask")
)
"""What follows an "if" that is no condition."""
WHO = senses(
    """
    i me my mine myself we us our ours ourselves; you your yours yourself yourselves; he
    him his himself; she her hers herself; they them their theirs themselves; man men
    male males boy boys; woman women female females girl girls; child children kid kids
    infant infants baby babies; adult adults
    """
)
DATES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june
    july august september october november december
    """
)
MODALS = senses(
    """
    may might can could maybe perhaps possibly; must need needs; should ought; will
    shall definitely certainly; would
    """
)
ADVERBS = words("maybe perhaps possibly definitely certainly")
"""What of "may" and "will" is no verb."""
BOUND_TO = senses(
    """
    should supposed; must required obliged obligated forced; may allowed permitted
    entitled able free
    """
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
REGIONS = words("cervical coccygeal lumbar sacral sacroiliac thoracic")
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
    ablation acetaminophen acupuncture anesthesia anesthetic antibiotic antidepressant
    aspirin baclofen biopsy brace calcium cannabidiol cannabis cbd chemotherapy
    chiropractic chiropractor corticosteroid cortisone ct duloxetine emg epidural
    fentanyl fusion gabapentin glucosamine heparin implant infusion injection insulin
    lidocaine magnesium marijuana massage medication medicine metformin morphine mri
    naproxen narcotic nsaid nucleoplasty operation opiate opioid oxycodone painkiller
    paracetamol prednisone prp radiation radiofrequency relaxant rhizotomy scan steroid
    stimulator surgery thinner traction tramadol turmeric ultrasound vitamin warfarin
    xray
    """
)
DOUBTS = words(
    """
    allegedly almost apparently appear appeared appears arguably conceivably fairly
    hopefully ideally largely likely loosely mainly moderately mostly nearly opinion
    partially partly potentially practically presumably primarily probably reasonably
    relatively reportedly seem seemed seemingly seems slightly somewhat supposedly tend
    tended tends theoretically virtually
    """
)
"""What makes a statement less sure. The lists of doubt need not be whole: any other word is
missed too where it is left out, if not by this name."""
THOUGHTS = words(
    """
    assume assumed believe believed expect expected figure gather guess hope imagine
    presume recall reckon suppose suspect think thought understand
    """
)
"""What is a doubt where the speaker says it of themselves: "I think"."""
ROUGHLY = words("about around some")
"""What is a doubt before a number."""
TOLD = words("say says said tell tells told")
OTHERS = words("am are be been he is people she someone they was were you")
"""What others say, or what somebody "was told", is not what the speaker says."""
HEDGES = phrases(
    """
    as far as i know, as far as we know, as far as i can tell, as far as we can tell, my
    understanding, our understanding, pretty much, or so, some cases, what i have heard,
    what i have seen, what i can tell, what i understand, what we know, so to speak, as
    it were, at time, for now, for a while, at nth1, now and then, from time to time,
    in a way, up to a point, just about
    """
)
"""What is a doubt though all its words are small talk: "in my hands" is missed anyhow."""
QUALIFIED = words("absolutely exactly quite really totally")
"""Small talk that makes a "not" a weaker one: "not really safe"."""
SOFTENED = words(
    """
    am are be been can could did do does has have he i is it may might she should they
    was we were which who will would you
    """
)
"""What stands before a "sort of" that softens a statement; elsewhere it is a filler."""
NOT_SOFTENED = words(
    """
    a an and as at because but for from he i if in is it like my of on or she so that
    the there these they this to we what when where which who with you your call describe
    explain
    """
)
"""What follows a "sort of" that is a filler: "it is sort of the disc"."""
QUANTIFIERS = senses(
    """
    some certain; many much lot lots plenty bunch ton tons; most majority; few handful; both;
    several; all
    """
)
"""What says of how many people something is true."""
PEOPLE = words(
    """
    adult applicant case child children client doctor family folk kid man member men
    neighbor one owner parent patient people person physician resident surgeon tenant
    voter woman women worker
    """
)
SPANS = words("hour day night week month year")
COUNTED = SPANS | words("minute couple few half quarter")
COUNTED |= {f"nth{number}" for number in range(3, 11)}
"""What is counted by an "a": "a week", "a third"."""
SOLE = words(
    """
    answer cause choice cure exception explanation option problem proof reason remedy
    risk rule sign solution source symptom test treatment way
    """
)
"""Of which "the" says that there is no other."""
LEFT_IN_SPEECH = words(
    """
    anything are be been being get gets got had has have he i is nothing she they
    was we were what you
    """
)
NOT_RIGHT_SIDE = words(
    """
    after amount answer away balance before decision direction doctor here now person
    question there thing time to treatment way
    """
)
NOT_BEFORE_RIGHT = words("all am are be is just quite was")
_DRUG_SHAPE = re.compile(
    r".{2,}(?:caine|profen|cillin|mycin|statin|olol|pril|sartan|azole|azepam|zolam"
    r"|codone|morphone|gabalin|triptan|xaban|parin|sone|solone|oxacin|coxib|fenac"
    r"|oxetine|triptyline|benzaprine|oxicam|carbamol|zanidine|codeine|ectom(?:y|ies)|otom(?:y|ies)|plast(?:y|ies)"
    r"|scop(?:y|ies)|desis|glutide|dronate|gliptin|setron|mab|droxyzine|dralazine|rolac|ostom(?:y|ies)|myelogram|discogram|tidine|prazole)"
)


_SOUNDS = words("ah ahm eh ehm er erm hm hmm huh mhm mmm uh uhm um umm")
"""Sounds that are no words, in small letters; "ER" and "mm" are some."""


def is_sound(text: str) -> bool:
    """Say whether a word, as it stands, is but a sound: "um,", not "ER"."""
    bare = text.strip("\"'(),.;:?!\u2026-\u2013\u2014")
    return bare.casefold() in _SOUNDS and not (len(bare) > 1 and bare.isupper())


def unit_of(word: str) -> str | None:
    """Return a unit's one form, None for other words. "Second" alone is none."""
    if word in ("second", "set", "unit", "drop", "time"):
        return None
    single = word.removesuffix("s")
    if form := _UNIT_FORMS.get(word) or _UNIT_FORMS.get(single):
        return form
    return next((unit for unit in (word, single) if unit in UNITS), None)


def is_drug(norm: str) -> bool:
    """Say whether a word names a drug or a procedure, by the list or by its shape."""
    single = norm.removesuffix("s")
    return (
        norm in DRUGS
        or single in DRUGS
        or bool(_DRUG_SHAPE.fullmatch(single))
        or bool(re.fullmatch(r"[a-z]\d+", norm) and not LEVEL.fullmatch(norm))
    )
