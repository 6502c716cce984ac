"""Words that are no names, and names of places, for finding what is private."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pullquote.mark.lexicon.meanings import BRANDS, words

COMMON = words(
    """
    a about above according actually after again against ago ah ain't all almost also
    although always am an and another any anybody anyone anything are aren't around as
    ask asked asking at aunt away back bad be because been before being best better
    between beyond bonjour both brother but by bye call can can't cannot ciao comment could couldn't
    councillor councillors councilor councilors
    dad daughter dear did didn't do doc docs doctor doctors does doesn't doing don't done dr dr's
    during each earlier either else enough even evening ever every everybody everyone
    everything exactly excuse few final finally fine first folks follow followed
    following for four from further gentleman get give go god going good goodbye got
    grandfather grandmother great greetings had hadn't hallo has hasn't have haven't having he
    he'd he's hear hello help her here here's hers herself hey hi him himself his
    hiya hola honestly hope how how'd how's howdy however husband i i'd i'll i'm i've if imagine in
    indeed instead is isn't it it'd it's its just keep kindly know lady last lastly
    later less let let's letter like likewise little look lots ma'am many may maybe me
    meanwhile meet message might miss mom more moreover morning most mother mr mrs ms
    much must my myself namaste naturally neither never new next night no nobody none nor not
    nothing now obviously of off often oh ok okay on once one only or other others our
    out over overall own patient patients people perhaps please possibly question
    questions quick quite rather really recently regarding regards right said same saw
    say says second see seems sent several shall she she'd she's should shouldn't signed
    since sincerely sir sister so some somebody someone something sometimes son sorry
    speaking still such sure take talk tell than thank thanks that that'd that's the
    their them then there there'd there's therefore these they they'd they're they've
    third this those though three through thus time to today together tomorrow tonight
    too two uh um uncle under unfortunately unless until up us use used usually very
    viewer viewers was wasn't we we'll we're we've welcome well were weren't what what'd
    what's whatever when whenever where where's whether which while who who'd who's whom
    whose why wife will wish with without won't wonder would wouldn't write writes wrote
    y'all yeah yes yesterday yet you you'd you'll you're you've your yours
    """
)
"""Words that begin sentences; a capital makes none of them a name."""

CONTRACTED = {
    haste: word
    for word in COMMON
    if "'" in word
    and (haste := word.replace("'", ""))
    not in words("hell id ill its lets shed shell wed well were whore")
}
"""Such words as they are typed in haste, where they are no others: "im", "youre"."""

KNOWN = BRANDS | words(
    """
    alzheimer's alzheimer american americans asian asperger parkinsonian baclofen bluetooth
    canadian chinese chiari christian crohn's crohn covid covid-19 cushing's doctor
    dutch english european facebook fitbit french german google gabapentin
    hippocrates hispanic hodgkin's ibuprofen indian instagram internet irish italian
    jewish kyphon latin lyme marfan medicaid medicare mexican naproxen parkinson's
    parkinson paget's peloton pilates raynaud's reiki russian scheuermann's meniere's
    mckenzie feldenkrais schroth cobb lasegue sjogren's spanish swedish
    tarlov tai chi tramadol warfarin youtube zoom x-ray x-rays tesla twitter
    whatsapp netflix amazon apple wi-fi spine web webinar pm ct a-fib afib
    amoxicillin bengay coflex grammarly hashimoto icy invisalign metformin nsaid
    nsaids omeprazole pfizer prednisone theracane tizanidine trazodone x-stop
    achilles babinski bertolotti charcot cheyne doppler dupuytren epley ehlers
    danlos guillain barre kegel kienbock klippel lhermitte meniere menieres modic
    perthes raynaud romberg scheuermann schmorl spurling sydenham tinel
    trendelenburg valsalva android chatgpt facetime gmail ipad iphone linux macbook
    ubuntu windows post-op pre-op type diabetes linkedin microsoft outlook pinterest powerpoint skype teams uber walmart
    wikipedia yahoo yelp republican democrat democratic catholic muslim buddhist
    cervical foraminal lumbar sacral spinal thoracic vertebral pulposus multifidus
    ligamentum flavum cauda equina annulus fibrosus psoas piriformis gluteus medius
    erector spinae dura dural acdf alif tlif plif copd adhd ptsd ssri emg
    afghan albanian algerian arabic argentine armenian
    australian austrian belgian brazilian bulgarian burmese cambodian celtic chilean
    colombian cuban czech danish egyptian ethiopian filipino finnish flemish greek
    hebrew hungarian iranian iraqi israeli jamaican japanese korean latino lebanese
    malaysian mediterranean moroccan nordic norwegian pakistani palestinian persian
    peruvian polish portuguese romanian scandinavian scottish siberian slavic syrian
    taiwanese thai tibetan turkish ukrainian vietnamese welsh hindu protestant
    lutheran baptist methodist african caribbean hispanics whitsun
    airbnb brexit dvla ebay etsy gcse gcses hmrc ikea nhs ofsted paypal snapchat spotify
    tiktok wifi
    """
)
"""Proper names that tell nothing of a person."""


YOUNG = words(
    """
    airfryer broadband cheque cheques cockapoo draught draughts emoji emojis gp gps
    hashtag kerb kerbs labradoodle lockdown plough podcast podcasts postie pyjamas satnav
    selfie selfies smartphone smartphones smartwatch vape vapes vaping vlog vlogs wellies
    """
)
"""Words that are young or British: an American dictionary does not have them."""


@lru_cache(maxsize=4096)
def bare_form(word: str) -> str:
    """Return a word without marks, capitals and the "'s" of a name."""
    bare = (
        word.replace("\u2019", "'").strip(".,;:?!\"'()[]\u201c\u201d\u2026").casefold()
    )
    return bare.removesuffix("'s") if bare not in COMMON else bare


def _without_accents(word: str) -> str:
    """Return "sjogren" of "sj\u00f6gren"."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(c for c in parts if not unicodedata.combining(c))


def is_known(bare: str) -> bool:
    """Say whether a word is such a name: "Crohn's", "crohns", "Ehlers-Danlos"."""
    if not bare.isascii():
        bare = _without_accents(bare)
    return (
        bare in KNOWN
        or f"{bare}'s" in KNOWN
        or (bare.endswith("s") and f"{bare[:-1]}'s" in KNOWN)
        or ("-" in bare and KNOWN.issuperset(bare.split("-")))
    )


REGIONS = words(
    """
    afghanistan africa alabama alaska america argentina arizona arkansas asia australia
    austria bangladesh belgium bolivia brazil britain bulgaria california canada china
    colombia colorado connecticut croatia cuba delaware denmark ecuador egypt england
    estonia ethiopia europe finland florida france georgia germany ghana greece
    guatemala haiti hawaii honduras hungary iceland idaho illinois india indiana
    indonesia iowa iran iraq ireland israel italy jamaica japan kansas kentucky kenya
    korea latvia lebanon lithuania louisiana luxembourg maine malaysia maryland
    massachusetts mexico michigan minnesota mississippi missouri montana morocco
    nebraska nepal netherlands nevada nicaragua nigeria norway ohio oklahoma oregon
    pakistan panama pennsylvania peru philippines poland portugal romania russia
    scotland serbia singapore slovakia slovenia somalia spain sudan sweden switzerland
    syria taiwan tennessee texas thailand turkey ukraine utah venezuela vermont vietnam
    virginia wales wisconsin wyoming
    """
)
"""States and countries: alone they identify nobody (45 CFR 164.514(b)(2)(i)(B))."""

REGIONS_TOO = words("carolina dakota hampshire jersey zealand rico verde")
"""Their last words, where the first is one of ``REGION_FIRSTS``."""
REGION_FIRSTS = words(
    "north south east west new puerto cape upstate northern southern the"
)

PLACES = REGIONS | words(
    """
    atlanta berlin boston bronx brooklyn chicago chinatown dallas denver dublin harlem
    houston london manhattan miami paris philadelphia phoenix queens seattle sydney
    toronto vancouver washington
    """
)
"""Places known without a capital."""

NAMES_TOO = words(
    """
    art basil bill chase clay dale dean dick don drew faith frank gene ginger grace guy
    hope hunter jack jay joy mark mercy miles nick olive pat peg penny ray rich rob rose
    ruby sandy skip sue summer sunny tad ted vic wade will
    """
)
"""Words that are names as well: with a capital inside a sentence they mostly are."""

TELLS = words(
    """
    again asked asks called calls from here hopes lives living needs said says sent
    tells thinks told wants wondered wonders works would writes wrote
    """
)
"""What follows a name at the start of a sentence."""

BODIES = words(
    """
    academy avenue bakery bank boulevard center centre church clinic club college
    company corporation county department diner district drive elementary factory farm
    hospital hotel inc ltd llp plc gmbh corp insurance institute lane library llc manor office pool police
    practice restaurant road school store street symphony team university village
    warehouse fire general
    """
)
"""What makes a name that of an employer, a house or a street."""
