"""Patterns by which private details are told, in any text: numbers, addresses, days, ages.

A day of a month, or a month of a year, is one; a month, a weekday or a feast alone is
none, and no more is an age of 89 or less (45 CFR 164.514(b)(2)(i)(C)) that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pullquote.mark.lexicon import spoken

_ZERO, *_ONES = spoken.ONES
SMALL, TEENS, TENS = ("|".join(w) for w in (_ONES[:9], _ONES[9:], spoken.TENS))
_HUNDRED = rf"(?:a |one )hundred(?: and)?(?: (?:{SMALL}|{TEENS}))?"
NUMBER = (
    rf"(?:\d{{1,3}}|{_HUNDRED}"
    rf"|(?:{TENS})(?:[ -](?:{SMALL}))?|{TEENS}|{SMALL})"
)
_SHORTENED = r"(?:U\.? ?[SK]|D\.? ?C|L\.? ?A|N\.? ?Y|P\.? ?[TAM]|A\.? ?M|E\.? ?[RD]|I\.? ?V|M\.? ?D|C\.? ?T|O\.? ?R)\b"
"""Two letters that are no initials of a person."""
KIN_WORDS = (
    "husband|wife|partner|son|daughter|mother|father|mom|mum|dad|brother|sister|uncle"
    "|aunt|cousin|friend|neighbou?r|boss|grandmother|grandfather|grandson|granddaughter"
    "|girl|boy|baby|niece|nephew|stepson|stepdaughter|roommate|midwife|nurse|therapist"
    "|dentist|coach|teacher|pastor|landlord|manager|supervisor|girlfriend|boyfriend"
    "|nan|nana|gran|granny|grandma|grandpa|grandad|granddad|godson|goddaughter"
    "|step(?:mother|father|mum|mom|dad)|fianc[eé]e?|lad|mate|twin|toddler|ex"
)
KIN = re.compile(rf"(?:{KIN_WORDS})(?:[ -]in[ -]law)?\b")
"""Whom a viewer speaks of."""
OFFICES = (
    "abbess|abbot|chair(?:man|person|woman)?|chaplain|curator|dean|head(?:master|mistress)"
    "|president|principal|provost|rector|speaker|treasurer|vicar|warden"
)
"""What one person is of a house: "Speaker of the Quorlan Assembly"."""
_HOMES = r"(?:apartment|apt\.?|flat|suite)"
HOMES = re.compile(_HOMES)
"""What has a number in a house."""
_ROOMS = (
    "(?:plot|lot|unit|room|ward|bay|bed|class|form|year|block|pitch|stall|berth|locker"
    "|number|house|hut|shed|site|gate|allotment|caravan|mooring|cabin|trailer|seat)"
)
"""What has a number with a letter: "plot thirty one b", "she is in 8C"."""
STREET = (
    "Brow|Brae|Bank|Croft|Wynd|Vale|Dene|Fold|Gate|Garth|Meadows?|Cottages|Yard|Chase"
    "|Copse|Villas|Mansions|Parade|Embankment|Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Court|Way|Place|Square|Row"
    "|Terrace|Circle|Close|Crescent|Trail|Parkway|Highway|Loop|Alley|Mews|Grove|Gardens"
    "|Hill|Walk|Green|View|Rise|Plaza|Quay|Wharf|Path|Pike|Turnpike|Run|Hollow|Glen|Cove"
    "|Landing|Ridge|Crossing|Heights|Park"
)
_NETWORKS = r"(?:twitter|insta(?:gram)?|facebook|tik ?tok|reddit|youtube|telegram|discord|skype|bluesky|mastodon|snap(?:chat)?)"
_DOMAIN = r"(?:com|org|net|edu|gov|info|io|eu|uk|de|us|ca|au|nz|ie|fr|nl|ch|at|it|es|co|me|tv|app|dev|email|example)\b"


_NO_ACCOUNT = r"(?:a|an|the|not|down|slow|off|on|so|too|very)\b"
_PATH = rf"(?: slash (?:at )?[\w-]{{1,64}}(?: {NUMBER}\b)?){{0,8}}"
"""What follows a spoken host: whose page it is."""
_GROUP = (
    r"(?!\d+(?:mg|mcg|ml|k?g|[cmk]?m|[ap]m|st|nd|rd|th|s|x|k|lbs?|ft|in|[gm]b|k?hz|h|hrs?|mins?|w|y|yo|d)\b)"
    r"(?!(?:[clst]\d{1,2}){1,2}\b)(?=\w*\d)(?=\w*[a-z])[a-z\d]{3,6}"
)
"""Letters and figures together, no dose and no vertebra."""


class Rule:
    """What some patterns find: their group ``it``, where they have one, else all.

    Where it is ``cased`` capitals count; a ``telling`` one counts only where one of its
    words may be a name, and none where ``unless`` is in the forty letters before it.
    Without ``needs`` in the text, in small letters, it need not be looked for.
    """

    def __init__(
        self,
        kind: str,
        *texts: str,
        cased: bool = False,
        telling: bool = False,
        unless: str = "",
        needs: str = "",
    ) -> None:
        self.kind, self.telling, self.needs = kind, telling, needs
        self._texts, self._cased, self._unless = texts, cased, unless

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """Compiled when they are first needed: all rules' take as long as a page."""
        flags = 0 if self._cased else re.IGNORECASE
        return [re.compile(text, flags) for text in self._texts]

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield from where to where in a text something is found."""
        for match in (m for p in self._patterns for m in p.finditer(text)):
            a, b = match.span("it" if match.groupdict().get("it") else 0)
            before = text[max(0, a - 40) : a]
            if self._unless and re.search(self._unless, before, re.IGNORECASE):
                continue
            if text[a:b].strip():
                yield a, b


RULES = (
    Rule("e-mail", r"\S{1,64}@\S{1,255}\.\w{1,63}", needs="@"),
    Rule(
        "e-mail",
        rf"\b[\w.]{{1,64}}(?: (?:dot|dash|hyphen|underscore) \w{{1,64}}){{0,8}} at [\w-]{{1,64}}(?: [\w-]{{1,64}})?"
        rf"(?: dot \w{{1,64}}){{0,8}} dot {_DOMAIN}",
        needs=" dot ",
    ),
    Rule("e-mail", rf"\b[\w.]{{1,64}} at [\w-]{{1,64}}\.{_DOMAIN}", needs=" at "),
    Rule(
        "number",  # of a car, of a street's houses
        r"\b(?:plates?|registration|post ?code)(?: number)?(?: is| was| reads)? (?P<it>(?=[a-z -]{0,4}\d)[a-z\d]{1,7}(?:[ -][a-z\d]{2,4}){0,2})\b",
    ),
    Rule(
        "web address",
        rf"\b(?:www dot )?[\w-]{{1,64}} dot {_DOMAIN}{_PATH}",
        needs=" dot ",
    ),
    Rule(
        "web address",
        r"\b(?:https?:|www\.)\S+",
        r"\b(?!(?:amazon|arxiv|asp|facebook|github|gmail|google|nhs|python|reddit|socket|wikipedia|youtube)\.)[\w-]{2,64}(?:\.[\w-]{2,64}){0,3}"
        r"\.(?:com|org|net|edu|gov|info|io|eu|uk|de|ca|au|nz|ie|fr|nl|ch|tv|app|dev|example)\b(?!\.\w)",
    ),
    Rule("address", rf"\bward (?:\d{{1,2}}[a-z]?|{SMALL}|{TEENS})\b"),
    Rule(
        "account",
        r"(?<!\w)@\w+|\b[a-z]+(?:_\w+)+|\b(?!covid|page)[a-z]{4,}(?:\d{2,}|[._]\d{1,4})\b|\b(?!www)[a-z]\w{1,30}(?:\.\w{2,30}){2,}\b",
    ),
    Rule("number", r"\b[1-9]\d{0,2}\.\d{4,}"),  # of a place on Earth
    Rule("account", r"\b(?:[A-Z][a-z]{1,30}){3,}\b", cased=True),
    Rule(
        "account",
        rf"\b(?!(?:dot|point|{SMALL}|\d+)\b)[\w-]{{1,64}}(?: dot (?!dot\b)[\w-]{{1,64}})+",
        needs=" dot ",
    ),
    Rule("account", r"\b[\w.]{1,64}(?: underscore [\w.]{1,64})+", needs=" underscore "),
    Rule(
        "address",
        # by what stands there
        r"\b(?:two|three|four|a few|a couple of|\d) (?:blocks?|doors|houses|streets) (?:down |up |over |north |south |east |west )?"
        r"(?:from|of|past|behind) (?:the |a )?(?:old |new )?[\w'-]+(?= |$|[,.;?!])",
        r"\b(?:the (?:[\w'-]+ )?(?:place|shop|store|house|building|diner|office|apartment|school) )?"
        r"(?:(?:right )?across (?:the (?:street|road) )?from|around the corner from|down the (?:street|road|block) from|next door to)"
        r" (?:the |a )?(?:old |new )?[\w'-]+",
    ),
    Rule(
        "account",
        rf"\b{_NETWORKS}(?:,? (?:as|under|at|i'm|i am|it's)|:) (?P<it>\w[\w.]*\w)",
        rf"\b(?:handle|user ?name|screen ?name|login|wi-?fi|network)(?: is|'s)(?: called| named)? (?P<it>(?!{_NO_ACCOUNT}|at\b)\w+(?: {NUMBER}\b)?)",
        rf"\b(?:handle|user ?name|screen ?name)(?: is|'s) (?P<it>at (?!{_NO_ACCOUNT}|my\b|hip\b)\w+(?: {NUMBER}\b)?)",
    ),
    Rule(
        "account",  # as it was heard: "the handle Grumpy Gardener 44"
        r"\b(?:handle|user ?name|screen ?name)(?: is| of)? (?P<it>[A-Z]\w*(?: (?:[A-Z]\w*|\d+))*)",
        r"\b(?:[Ee]-?mail|[Aa]ddress|[Hh]andle|[Tt]his is)\b[^.?!]{0,24}? (?P<it>[a-z]{2,}\.[a-z]{2,})\b",
        cased=True,
    ),
    Rule("number", r"\(?\+?\d(?:[\s().-]{0,2}\d){6,}"),
    Rule(
        "number",  # a postcode of Britain, Canada, Ireland; a car of Britain, France, Germany, Spain
        r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] (?=[A-Z]{0,3}\d)[A-Z\d]{4}|[A-Z]{2}\d\d ?[A-Z]{3}"
        r"|[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}|\d{4} [B-DF-HJ-NP-TV-Z]{3}|[A-Z]{2,3} \d{4})\b",
        cased=True,
    ),
    Rule(
        "name",  # of initials: "J. K. from Leeds"
        r"(?:^|(?<=[.?!,:] )|\b(?:by|from|caller|viewer|[Ii]s|named|called|I'm) )"
        rf"(?P<it>(?!{_SHORTENED})(?:[A-Z]\.|[A-Z](?= [A-Z]\b))(?: ?[A-Z]\b\.?){{0,2}}) "
        r"(?=(?:from|in|near|of|asks|writes|wrote|wants|says|here)\b)",
        # "from J.R., a baker"
        rf"\b(?:[Bb]y|[Ff]rom|[Cc]aller|[Vv]iewer) (?P<it>(?!{_SHORTENED})(?:[A-Z]\.|[A-Z](?= [A-Z]\b))(?: ?[A-Z]\b\.?){{0,2}}),"
        r"(?= (?:an?|who|aged)\b)",
        cased=True,
    ),
    Rule(
        "name",
        r"^(?:(?:so|okay|and|now|next|hi) )*(?P<it>[b-hj-z](?: [a-z]){1,2}) (?=(?:from|in|near|asks|writes|wants)\b)",
    ),
    Rule(
        "address",
        r"\b(?P<it>(?:the )?(?:corner|intersection|junction|crossing) of (?!the|my|our|a)[\w']+ and (?!the|my|our|a)[\w']+)",
    ),
    Rule(
        "number",
        r"\b(?:numbers?|code|plate|id|account|policy|security|phone|reference|ref|claim|case|booking|licen[cs]e|passport|serial|chip|candidate|cent(?:re|er))\b[^.?!]{0,24}?"
        r"\b(?:(?:[A-Z]{1,3} )?\d(?:[ -]?\d){2,}\b|(?=[a-z-]*\d[a-z-]*\d)[\w-]{5,}\b)",
    ),
    Rule(
        "number",  # of groups: a court's file
        r"\b[Ff]ile(?: number)?(?: is| was)? (?P<it>\d+(?:[ /-](?:[A-Z]{1,3}|\d+))+)",
        cased=True,
        needs="file",
    ),
    Rule(
        "number",
        r"\b(?!(?:1[6-9]|20)\d\d\b)\d{4,}\b(?! ?(?:mg|milli|people|patients|units|steps|meters))",
    ),
    Rule(
        "address",
        rf"\b\d+[a-z]? (?:[A-Z][\w']+ )+(?:{STREET})\b",
        rf"\b(?i:number {NUMBER}),? (?:[A-Z][\w']+ )+(?:{STREET})\b",
        cased=True,
    ),
    Rule(
        "address",
        rf"\b{_HOMES} (?:no\.? |number |# ?)?(?:(?:[a-z]-?)?\d+[a-z]?|(?:(?:{TENS}) )?(?:{TENS}|{TEENS}|{SMALL})(?: [b-hj-z])?)\b",
        rf"\b(?:{_ROOMS}|{_HOMES}|in|of) (?:is )?(?:no\.? |number |# ?)?(?:\d{{1,3}} ?[a-h]|(?:(?:{TENS}) )?(?:{TENS}|{TEENS}|{SMALL}) [b-h])\b",
        rf"\b(?:county|state|rural|farm) (?:road|route|highway) (?:\d+|(?:{TENS}|{TEENS}|{SMALL})\b)",
        r"\b(?:at|from|in|to|of|outside|opposite|behind|near|past|by)"
        rf" (?P<it>number (?:\d{{1,4}}[a-z]?|(?:{TENS})(?:[ -](?:{SMALL}))?|{TEENS}|four|five|six|seven|eight|nine))\b"
        r"(?! (?:on|of|in the (?:list|queue)))",
        r"\bat (?P<it>\d{1,4}[a-f],? [\w'-]+)",
    ),
    Rule(
        "number",
        # of letters and figures
        r"\b(?!\d+[a-z]+\b)(?=\w*[a-z])(?=(?:\w*\d){4})\w{6,32}\b",
        # of groups of letters and figures: a patient's
        rf"\b(?=(?:[a-z -]{{0,12}}\d){{4}}){_GROUP}(?:[ -]{_GROUP}){{1,4}}\b",
    ),
    Rule(
        "name",
        rf"\b(?i:{OFFICES}) of the (?!Commons|European|House|Lords|Month|Republic|Senate|State|United|Week|World|Year)"
        r"[A-Z][\w'-]+(?: (?:of )?[A-Z][\w'-]+)*",
        cased=True,
    ),
    Rule(
        "employer or place",
        r"\bour lady of (?:the )?[\w'-]+",
        r"\b(?:the )?(?:uss|usns|hms|hmcs|hmas) [\w'-]+",
    ),
    Rule(
        "employer or place",
        # a regiment, a street
        r"\b\d{1,3}(?:st|nd|rd|th) [A-Z][a-z]+(?: [A-Z][a-z]+)*",
        # a known firm too tells who works there
        r"\b(?:[Ww]ork(?:s|ed|ing)?|[Jj]ob(?:'s)?|[Ee]mployed|[Rr]etired) (?:at|for|with|by|from)"
        r" (?:the )?(?P<it>(?!I\b|Dr\b|Doctor\b)[A-Z][\w&'-]+(?: (?:of |and |& )?[A-Z][\w&'-]+)*)",
        cased=True,
    ),
)
MEDICAL = re.compile(
    r".{3,}(?:osis|itis|pathy|algia|graphy|gram|esthesia|ectomy|otomy|plasty|scopy)s?"
)
"""Illnesses and procedures, which recognisers like to write with a capital."""


YOUNG = "age up to 89"
"""The kind of an age that tells nobody alone."""

_YEAR = (
    r"(?:(?:19|20)\d\d"
    rf"|(?:nineteen|twenty)(?: (?:{TEENS}|(?:{TENS})(?:[ -](?:{SMALL}))?|oh (?:{SMALL})))"
    rf"|two thousand(?: and)?(?: (?:{TEENS}|{SMALL}|(?:{TENS})(?:[ -](?:{SMALL}))?))?)"
)
_NTH = (
    r"(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth"
    r"|twentieth|thirtieth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth))"
)
"""Days of a month that are hardly anything else."""
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)?|first|second|third|{_NTH})"
MONTHS = "january|february|april|june|july|august|september|october|november|december"
_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_FEASTS = (
    r"(?:christmas|good friday|thanksgiving|easter|new year(?:'?s)?|halloween|hanukkah"
    r"|ramadan|passover|(?:(?:mother|father|valentine)'?s'?|labor|memorial|independence)"
    r" day)"
)
_FEAST = rf"{_FEASTS}(?: eve| day)?"
_SEASON = "spring|summer|fall|autumn|winter"
CALENDAR = re.compile(
    rf"(?:the )?(?:(?:{MONTHS}|march|may|{_WEEKDAY}s?|{_FEAST}|eve|day|and|or|to|{_SEASON})[ ,]*)+",
    re.IGNORECASE,
)
"""What anybody has: "between Christmas and New Year"."""
CALENDAR_WORDS = frozenset(
    f"{MONTHS}|christmas|easter|thanksgiving|halloween|hanukkah|ramadan|passover".split(
        "|"
    )
) | {f"{day}day{s}" for day in _WEEKDAY[3:-4].split("|") for s in ("", "s")}

_HUNDREDS = "".join(
    f"(?<!{word} )" for word in (*SMALL.split("|")[1:], "few", "several", "many", "of")
)
"""Of many hundred years is a treatment, a building: nobody."""
_OLD = (
    rf"(?:(?:9\d|1[01]\d|12[0-2])\u00bd?|ninety(?:[ -](?:{SMALL}))?"
    rf"|(?:an? |one |{_HUNDREDS})hundred(?! (?:and )?(?:{TENS[7:]})\b)"
    rf"(?: and)?(?: (?:{SMALL}|{TEENS}))?)"
)
"""An age above 89."""
_ALONE = (
    r"\b(?! ?%| ?/ ?\d|[-.,:]\d| (?:degrees?|percent|per|mg|mcg|ml|milli\w+|pounds?|kilos?|kg|grams?"
    r"|units?|tablets?|pills?|capsules?|sessions?|stairs|stitches|reps|repetitions|laps|squats|lit(?:er|re)s"
    r"|weeks?|months?|minutes?|hours?|days?|times|feet|inches|miles|met(?:er|re)s|hundred"
    r"|thousand|million|o'clock|a\.?m|p\.?m|or|to|over|out of|yards?|people|patients|calories|dollars"
    r"|euros|bucks|beats|years(?! old| young| of age)|\d)\b)"
)
"""No measure follows, and no other end of a range."""
_CLOSED = r"(?=[,.;:?!)]|$| (?:and|but|from|in|with|this|next|on|now|who|he|she|when|years|still)\b)"
_NEARLY = r"(?:(?:now|almost|nearly|only|just|over|about|already|the age of|past) )*"
_MEASURED = (
    r"\b(?:pulse|pressure|sugar|glucose|fever|temperature|rate|score|level|oxygen"
    r"|saturation|sats?|speed|bpm|systolic|bmi|angle|percent|interstate|highway|route)\b"
)
"""What is not an age when it was spoken of just before."""

DATES = (
    Rule(
        "date",
        rf"\b(?:the )?(?:{_WEEKDAY},? (?:the )?)?(?:{ORDINAL} (?:of )?(?:this |last |next )?(?:{MONTHS}|{_SHORT})"
        rf"|(?:{ORDINAL} of (?:this |last |next )?|\d{{1,2}}(?:st|nd|rd|th)? |{_NTH} )(?:march|may(?! (?:be|have|i|we|you)\b)))\b(?:,? (?:of )?{_YEAR}\b)?",
        rf"\b(?:(?:{MONTHS}|march|{_SHORT}),? (?:the )?(?:{ORDINAL}|(?:{TEENS}|(?:twenty|thirty)(?: (?:{SMALL}))?)(?! (?:{TEENS}|{TENS})))"
        rf"|may (?:the {ORDINAL}|\d{{1,2}}(?:st|nd|rd|th)?|{_NTH}))\b(?! (?:thing|time|question|one|is|was|people|percent)\b)(?:,? (?:of )?{_YEAR}\b)?",
        rf"\b(?:{MONTHS}|{_SHORT}|march|may|{_SEASON}|{_FEAST}(?: {_WEEKDAY})?),? (?:of |in )?{_YEAR}\b",
        rf"\b(?:the )?(?:first|second|third|fourth|last) {_WEEKDAY} (?:of|in) (?:{MONTHS}|march|may)\b(?:,? (?:of )?{_YEAR}\b)?",
        rf"\bon (?P<it>{_FEASTS} (?:eve|day|{_WEEKDAY}))\b",
        rf"\bthe {ORDINAL} of (?:this|last|next) month\b",
        r"\b(?:on|since|until|till|by|before|after|from) (?P<it>may (?:first|second|third))\b",
        rf"\b{_WEEKDAY},? the {ORDINAL}\b",
        rf"\b(?:on|was|is|until|till|by|since|before|after|from) (?P<it>the {_NTH})\b"
        r"(?=[,.;?!]|$| (?:and|at|i|my|but|he|she|we|they|it|in the (?:morning|afternoon|evening))\b)",
        r"\bon the \d{1,2}(?:st|nd|rd|th)\b(?! (?:floor|street|avenue|visit|day|week|grade|percentile))",
        r"\b\d{1,2}([/.-])\d{1,2}\1\d{2,4}\b|\b\d{4}-\d\d-\d\d\b",
        r"\b\d{1,2} \d{1,2} (?:19|20)\d\d\b|\bon (?P<it>\d{1,2}[/.]\d{1,2})\b",
    ),
    Rule(
        "date",  # a feast of a year
        rf"\b(?:[A-Z][\w']+ ){{1,3}}(?:Day|Eve),? (?:of |in )?{_YEAR}\b",
        cased=True,
    ),
    Rule("age", rf"(?<!\d[,.])\b{_OLD}[ -]years?(?:[ -](?:old|young|of age))\b"),
    Rule(
        "age",
        rf"\b(?:aged?|age of|turn(?:ed|ing|s)?|liv(?:ed?|es|ing) (?:on )?to(?: be)?|(?<!is )(?<!was )(?<!been )at|(?:made it|got) to|reach(?:ed|es|ing)?|hit|push(?:ing|es)|past|until|till"
        rf"|am|is|was|be|been|became|i'?m|he'?s|she'?s|who'?s|{KIN_WORDS}) {_NEARLY}(?P<it>{_OLD}){_ALONE}",
        rf"(?<=[,(] )(?P<it>{_OLD}){_CLOSED}|\((?:aged? )?{_OLD}\)",
        unless=_MEASURED,
    ),
    Rule(
        "age",
        r"\b(?:9\d|1[01]\d) ?(?:yo|y/o)\b",
        r"\b(?:(?:my|his|her|their) (?:early |mid |late |mid-)?|(?:early|mid|late)[ -])(?:nineties|90s)\b",
        r"\b(?:ninetieth|ninety[ -]\w+|hundredth|9\dth|1[01]\d(?:st|nd|rd|th)) birthday\b",
        r"\b(?:centenarian|nonagenarian)\b",
    ),
)
_CENTURIES = r"(?:12[3-9]|1[3-9]\d|[2-9]\d\d)\b"
"""So old is no person."""
_ADULT = rf"(?:1[3-9]|[2-9]\d|(?:{TENS})(?:[ -](?:{SMALL}))?|{TEENS})"
YOUNGER = (
    Rule(
        YOUNG,
        rf"(?<!\d[,.])(?<!hundred )(?<!hundred and )\b(?!{_CENTURIES}){NUMBER}[ -]years?[ -](?:old|young|of age)\b",
        rf"\b(?:aged?|age of|turn(?:ed|ing|s)?) {NUMBER}{_ALONE}",
    ),
    Rule(
        YOUNG,
        rf"\b(?:am|is|was|be|i'?m|he'?s|she'?s|who'?s) {_NEARLY}(?P<it>{_ADULT}){_ALONE}",
        unless=_MEASURED,
    ),
    Rule(
        YOUNG,
        r"\b(?:early|mid|late)[ -](?:twen|thir|for|fif|six|seven|eigh)ties\b",
        rf"(?<=, ){_ADULT}{_CLOSED}|\b{_ADULT}(?=,? (?:from|of|s?he(?:'s)?) | who(?:'s)? )",
    ),
)
"""Ages up to 89: beside a name or a town they tell somebody, alone hardly."""
OLD = re.compile(rf"{_OLD}{_ALONE}", re.IGNORECASE)
