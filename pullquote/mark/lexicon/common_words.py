"""Words that are no names, and names of places, for finding what is private."""

from __future__ import annotations

from functools import lru_cache

from pullquote.mark.lexicon.meanings import BRANDS, words

COMMON = words(
    """
    a about above according actually after again against ago ah all almost also although
    always am an and another any anybody anyone anything are aren't around as asked
    ask asking call imagine meet at aunt away back bad be because been before being best better between beyond
    both brother but by bye can can't cannot comment could couldn't dad daughter dear
    did didn't do doctor doctors does doesn't doing don't done dr dr's during each
    earlier either else enough even evening ever every everybody everyone everything
    exactly excuse few final finally fine first follow followed following for four
    from further gentleman get give go god going good goodbye got grandfather
    grandmother great greetings had hadn't has hasn't have haven't having he he's hear
    hello help her here here's hers herself hey hi him himself his honestly hope how
    how's however husband i i'd i'll i'm i've if in indeed instead is isn't it it's its
    just keep kindly know lady last lastly later less let let's letter like likewise
    little look lots ma'am many may maybe me meanwhile message might mom more moreover
    morning most mother mr mrs ms miss much must my myself naturally neither never new
    next night no nobody none nor not nothing now obviously of off often oh ok okay on
    once one only or other others our out over overall own patient patients people
    perhaps please possibly question questions quick quite rather really recently
    regarding regards right said same saw say says second see seems sent several shall
    she she's should shouldn't signed since sincerely sir sister so some somebody
    someone something sometimes son sorry speaking still such sure take talk tell than
    thank thanks that that's the their them then there there's therefore these they
    they're they've third this those though three through thus time to today together
    tomorrow tonight too two uh um uncle under unfortunately unless until up us use used
    usually very viewer viewers was wasn't we we'll we're we've welcome well were weren't
    what what's whatever when whenever where where's whether which while who who's whom
    whose why wife will wish with without won't wonder would wouldn't write writes wrote
    ain't folks he'd how'd it'd she'd that'd there'd they'd what'd who'd y'all
    yeah yes yesterday yet you you'd you'll you're you've your yours
    """
)
"""Words that begin sentences; a capital makes none of them a name."""

KNOWN = BRANDS | words(
    """
    alzheimer's alzheimer american americans asian asperger baclofen bluetooth
    canadian chinese chiari christian crohn's crohn covid covid-19 cushing's doctor
    dutch english european facebook fitbit french german google gabapentin
    hippocrates hispanic hodgkin's ibuprofen indian instagram internet irish italian
    jewish kyphon latin lyme marfan medicaid medicare mexican naproxen parkinson's
    parkinson paget's peloton pilates raynaud's reiki russian scheuermann's ménière
    ménière's mckenzie feldenkrais schroth cobb lasegue sjogren's spanish swedish
    tarlov tai chi tramadol warfarin youtube zoom x-ray x-rays tesla twitter
    whatsapp netflix amazon apple wi-fi spine web webinar pm ct a-fib afib
    amoxicillin bengay coflex grammarly hashimoto icy invisalign metformin nsaid
    nsaids omeprazole pfizer prednisone theracane tizanidine trazodone x-stop
    achilles babinski bertolotti charcot cheyne doppler dupuytren epley ehlers
    danlos guillain barre kegel kienbock klippel lhermitte meniere menieres modic
    perthes raynaud romberg scheuermann schmorl spurling sydenham tinel
    trendelenburg valsalva android chatgpt facetime gmail ipad iphone linux macbook
    ubuntu windows type diabetes linkedin microsoft outlook pinterest powerpoint skype teams uber walmart
    wikipedia yahoo yelp republican democrat democratic catholic muslim buddhist
    cervical foraminal lumbar sacral spinal thoracic vertebral pulposus multifidus
    ligamentum flavum cauda equina annulus fibrosus psoas piriformis gluteus medius
    erector spinae dura dural acdf alif tlif plif copd adhd ptsd ssri emg
    guillain-barré afghan albanian algerian arabic argentine armenian asian
    australian austrian belgian brazilian bulgarian burmese cambodian celtic chilean
    colombian cuban czech danish egyptian ethiopian filipino finnish flemish greek
    hebrew hungarian iranian iraqi israeli jamaican japanese korean latino lebanese
    malaysian mediterranean moroccan nordic norwegian pakistani palestinian persian
    peruvian polish portuguese romanian scandinavian scottish siberian slavic syrian
    taiwanese thai tibetan turkish ukrainian vietnamese welsh hindu protestant
    lutheran baptist methodist european african caribbean hispanics
    """
)
"""Proper names that tell nothing of a person."""


@lru_cache(maxsize=4096)
def bare_form(word: str) -> str:
    """Return a word without marks, capitals and the "'s" of a name."""
    bare = (
        word.replace("\u2019", "'").strip(".,;:?!\"'()[]\u201c\u201d\u2026").casefold()
    )
    return bare.removesuffix("'s") if bare not in COMMON else bare


def is_known(bare: str) -> bool:
    """Say whether a word is such a name: "Crohn's", "crohns", "Ehlers-Danlos"."""
    return (
        bare in KNOWN
        or (bare.endswith("s") and f"{bare[:-1]}'s" in KNOWN)
        or ("-" in bare and KNOWN.issuperset(bare.split("-")))
    )


REGIONS = words(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida
    georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
    massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio
    oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming
    canada england scotland ireland wales france germany italy spain portugal norway
    sweden denmark poland india china japan korea australia mexico brazil austria
    switzerland netherlands belgium greece turkey ukraine nigeria kenya america europe
    africa asia britain argentina peru colombia cuba haiti jamaica philippines vietnam
    thailand pakistan bangladesh iran iraq israel egypt morocco ghana ethiopia somalia
    sudan russia romania hungary finland iceland luxembourg croatia serbia bulgaria
    slovakia slovenia latvia lithuania estonia taiwan singapore malaysia indonesia nepal
    afghanistan syria lebanon venezuela ecuador bolivia guatemala honduras nicaragua
    panama
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
    washington boston chicago houston dallas denver seattle atlanta miami phoenix
    philadelphia brooklyn queens manhattan toronto vancouver london paris berlin dublin
    sydney bronx harlem chinatown
    """
)
"""Places known without a capital."""

NAMES_TOO = words(
    """
    art basil bill chase clay dale dean dick don drew faith frank gene ginger grace guy hope hunter jack jay joy
    mark mercy miles nick olive pat peg penny ray rich rob rose ruby sandy skip sue summer sunny tad
    ted vic wade will
    """
)
"""Words that are names as well: with a capital inside a sentence they mostly are."""

TELLS = words(
    """
    asks asked writes wrote wants wonders wondered says said sent from here lives
    living works would needs hopes thinks tells told calls called again
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
