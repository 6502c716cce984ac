"""Patterns by which private details are told in speech and in writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pullquote.mark.lexicon.common_words import COMMON, NAMES_TOO, REGIONS, TELLS

_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_HUNDRED = rf"(?:a |one )hundred(?: and)?(?: (?:{_SMALL}|{_TEENS}))?"
NUMBER = (
    rf"(?:\d{{1,3}}|{_HUNDRED}"
    rf"|(?:{_TENS})(?:[ -](?:{_SMALL}))?|{_TEENS}|{_SMALL})"
)
_ADULT = (
    rf"(?:1[3-9]|[2-9]\d|1[01]\d|(?:{_TENS})(?:[ -](?:{_SMALL}))?|{_TEENS}|{_HUNDRED})"
)
_CLOSED = r"(?=[,.;:?!]|$| and\b| but\b| from\b| in\b| with\b| this\b| next\b| on\b)"
_SHORTENED = r"(?:U\.? ?[SK]|D\.? ?C|L\.? ?A|N\.? ?Y|P\.? ?[TAM]|A\.? ?M|E\.? ?[RD]|I\.? ?V|M\.? ?D|C\.? ?T|O\.? ?R)\b"
"""Two letters that are no initials of a person."""
_DECADES = r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0s)"
_MONTH = (
    "January|February|April|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?=,? \d)"
    r"|March(?= \d| of|,|\.|\?| [a-z]+teenth| twenty| first| second| third)"
    r"|(?<=in )Ma(?:y|rch)|(?<=last )Ma(?:y|rch)|(?<=since )Ma(?:y|rch)"
    r"|(?<=of )Ma(?:y|rch)|(?<=next )Ma(?:y|rch)|May(?= \d)"
)
MONTHS = "january|february|april|june|july|august|september|october|november|december"
_YEAR = (
    r"(?:(?:19|20)\d\d"
    rf"|(?:nineteen|twenty)(?: (?:{_TEENS}|(?:{_TENS})(?:[ -](?:{_SMALL}))?|oh (?:{_SMALL})))"
    rf"|two thousand(?: and)?(?: (?:{_TEENS}|{_SMALL}|(?:{_TENS})(?:[ -](?:{_SMALL}))?))?)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth"
    r"|fifth|sixth|seventh|eighth|ninth)|[a-z]+teenth|tenth|eleventh|twelfth|twentieth"
    r"|thirtieth)"
)
_NTH = (
    r"(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth"
    r"|twentieth|thirtieth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth))"
)
"""Days of a month that are hardly anything else."""
_UNIT = (
    r"(?! (?:degrees?|percent|mg|milli\w+|pounds?|kilos?|weeks?|months?|minutes?|hours?"
    r"|days?|times|feet|inches|miles|hundred|thousand|o'clock|a\.?m|p\.?m|or|to|\d))"
)
_KIN = (
    "husband|wife|partner|son|daughter|mother|father|mom|mum|dad|brother|sister|uncle"
    "|aunt|cousin|friend|neighbou?r|boss|grandmother|grandfather|grandson|granddaughter"
    "|girl|boy|baby|niece|nephew|stepson|stepdaughter|roommate|midwife|nurse|therapist"
    "|dentist|coach|teacher|pastor|landlord|manager|supervisor|girlfriend|boyfriend"
)
KIN = re.compile(rf"(?:{_KIN})(?:[ -]in[ -]law)?\b")
"""Whom a viewer speaks of."""
_HOMES = r"(?:apartment|apt\.?|flat|suite)"
HOMES = re.compile(_HOMES)
"""What has a number in a house."""
_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Court|Way|Place|Square|Row"
    "|Terrace|Circle|Close|Crescent|Trail|Parkway|Highway|Loop|Alley|Mews|Grove|Gardens"
    "|Hill|Walk|Green|View|Rise|Plaza|Quay|Wharf|Path|Pike|Turnpike|Run|Hollow|Glen|Cove"
    "|Landing|Ridge|Crossing|Heights|Park"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_HOLIDAY = (
    r"(?:Christmas(?: Eve| Day)?|Good Friday|(?:Mother|Father)'?s'? Day|Thanksgiving|Easter"
    r"|New Year'?s(?: Eve| Day)?|Halloween|Hanukkah|Labor Day|Memorial Day"
    r"|Independence Day|Ramadan|Passover|Valentine'?s(?: Day)?)"
)
HOLIDAY = re.compile(_HOLIDAY, re.IGNORECASE)
_NETWORKS = (
    r"(?:twitter|instagram|facebook|tik ?tok|reddit|youtube|telegram|discord|skype)"
)
_DOMAIN = r"(?:com|org|net|edu|gov|info|io|eu|uk|de|us|ca|au|nz|ie|fr|nl|ch|at|it|es|co|me|tv|app|dev|email|example)\b"


@dataclass(frozen=True)
class Rule:
    """What a pattern finds; its group ``it``, where it has one, else all."""

    kind: str
    text: str
    cased: bool = False
    """Capitals count."""
    telling: bool = False
    """It counts only where one of its words may be a name."""
    needs: str = ""
    """Without this in the text, in small letters, it need not be looked for."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first needed: all take as long as a page."""
        return re.compile(self.text, 0 if self.cased else re.IGNORECASE)


RULES = (
    # bounded, or a word of half a megabyte takes minutes
    Rule("e-mail", r"\S{1,64}@\S{1,255}\.\w{1,63}", needs="@"),
    Rule(
        "e-mail",
        rf"\b[\w.]{{1,64}}(?: (?:dot|dash|hyphen|underscore) \w{{1,64}})* at [\w-]{{1,64}}(?: [\w-]{{1,64}})?"
        rf"(?: dot \w{{1,64}})* dot {_DOMAIN}",
        needs=" dot ",
    ),
    Rule("e-mail", rf"\b[\w.]{{1,64}} at [\w-]{{1,64}}\.{_DOMAIN}", needs=" at "),
    Rule(
        "number",  # of a car, of a street's houses
        r"\b(?:[Pp]lates?|[Rr]egistration|[Pp]ost ?code)(?: number)?(?: is| was| reads)? (?P<it>[A-Z\d]{1,4}(?:[ -][A-Z\d]{1,4}){0,3})\b",
        cased=True,
    ),
    Rule(
        "web address",
        rf"\b(?:www dot )?[\w-]{{1,64}} dot {_DOMAIN}",
        needs=" dot ",
    ),
    Rule("web address", r"\b(?:https?:|www\.)\S+"),
    Rule("account", r"(?<!\w)@\w+|\b[a-z]+(?:_\w+)+|\b(?!covid)[a-z]{4,}\d{2,}\b"),
    Rule("account", r"\b[\w.]{1,64}(?: underscore [\w.]{1,64})+", needs=" underscore "),
    Rule(
        "address",  # by what stands there
        r"\b(?:two|three|four|a few|a couple of|\d) (?:blocks?|doors|houses|streets) (?:down |up |over |north |south |east |west )?"
        r"(?:from|of|past|behind) (?:the |a )?(?:old |new )?[\w'-]+(?= |$|[,.;?!])",
    ),
    Rule(
        "address",
        r"\b(?:the (?:[\w'-]+ )?(?:place|shop|store|house|building|diner|office|apartment|school) )?"
        r"(?:(?:right )?across (?:the (?:street|road) )?from|around the corner from|down the (?:street|road|block) from|next door to)"
        r" (?:the |a )?(?:old |new )?[\w'-]+",
    ),
    Rule("account", rf"\b{_NETWORKS},? (?:as|under|at|i'm|i am|it's) (?P<it>\w+)"),
    Rule("account", r"\b(?:handle|user ?name|screen ?name)(?: is|'s) (?P<it>\w+)"),
    Rule("number", r"\(?\+?\d(?:[\s().-]{0,2}\d){6,}"),
    Rule(
        "number",
        rf"\b(?:[b-hj-z] ){{0,3}}(?:(?:zero|oh|o|nought|double|triple|{_SMALL}|{_TEENS}|{_TENS})\b(?: hundred\b)?(?: (?:dash|hyphen|slash)\b)?[ ,-]*){{5,}}",
    ),
    Rule("name", r"\b(?:[a-z][ -]){3,}[a-z]\b"),  # spelled
    Rule(
        "name",  # of initials: "J. K. from Leeds"
        r"(?:^|(?<=[.?!,:] )|\b(?:by|from|caller|viewer|[Ii]s|named|called|I'm) )"
        rf"(?P<it>(?!{_SHORTENED})(?:[A-Z]\.|[A-Z](?= [A-Z]\b))(?: ?[A-Z]\b\.?){{0,2}}) "
        r"(?=(?:from|in|near|of|asks|writes|wrote|wants|says|here)\b)",
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
        r"\b(?:numbers?|code|plate|id|account|policy|security|phone)\b[^.?!]{0,24}?"
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
        r"\b(?!(?:19|20)\d\d\b)\d{4,}\b(?! ?(?:mg|milli|people|patients|units|steps|meters))",
    ),
    Rule(
        "address",
        rf"\b\d+ (?:[A-Z][\w']+ )+(?:{_STREET})\b",
        cased=True,
    ),
    Rule(
        "address",
        rf"\b{_HOMES} (?:no\.? |number |# ?)?(?:(?:[a-z]-?)?\d+[a-z]?|(?:{_TENS}|{_TEENS}|{_SMALL})(?: [b-hj-z])?)\b",
    ),
    Rule(
        "address",
        rf"\b(?:county|state|rural|farm) (?:road|route|highway) (?:\d+|(?:{_TENS}|{_TEENS}|{_SMALL})\b)",
    ),
    Rule(
        "address",
        r"\b(?:at|from|in|to) (?P<it>number \d{1,4}[a-z]?)\b(?! (?:on|of|in the (?:list|queue)))",
    ),
    Rule("address", r"\bat (?P<it>\d{1,4}[a-f],? [\w'-]+)"),
    Rule(
        "number",  # of letters and figures
        r"\b(?!\d+[a-z]+\b)(?=\w*[a-z])(?=(?:\w*\d){4})\w{6,32}\b",
    ),
    Rule("employer or place", r"\b(?:the )?(?:uss|usns|hms|hmcs|hmas) [\w'-]+"),
    Rule(
        "employer or place",  # a regiment, a street
        r"\b\d{1,3}(?:st|nd|rd|th) [A-Z][a-z]+(?: [A-Z][a-z]+)*",
        cased=True,
    ),
    Rule(
        "employer or place",  # a known firm too tells who works there
        r"\b(?:[Ww]ork(?:s|ed|ing)?|[Jj]ob(?:'s)?|[Ee]mployed|[Rr]etired) (?:at|for|with|by|from)"
        r" (?:the )?(?P<it>(?!I\b|Dr\b|Doctor\b)[A-Z][\w&'-]+(?: (?:of |and |& )?[A-Z][\w&'-]+)*)",
        cased=True,
    ),
    Rule("age", rf"\b{NUMBER}[ -]years?[ -](?:old|young|of age)\b"),
    Rule(
        "age",
        rf"\b(?:aged?|age of|turn(?:ed|ing|s)?) {NUMBER}\b(?! (?:times|degrees|percent))",
    ),
    Rule(
        "age",
        r"(?<!pulse )(?<!pressure )(?<!sugar )(?<!fever )(?<!rate )(?<!score )(?<!level )"
        rf"(?:\b(?:am|is|was|be)|'m|'s) (?:now |almost |nearly |only |just |over )*"
        rf"(?P<it>{_ADULT}(?: years)?){_CLOSED}",
    ),
    Rule("age", rf"\blived? to (?:be )?(?P<it>{_ADULT})\b"),
    Rule("age", rf"(?<=, ){_ADULT}{_CLOSED}"),
    Rule("age", rf"(?:^|(?<=[.?!] ))At {_ADULT},"),
    Rule("age", rf"\b(?:my|his|her|their) (?:early |mid |late |mid-)?{_DECADES}\b"),
    Rule("age", rf"\b(?:early|mid|late)[ -]{_DECADES}\b"),
    Rule(
        "date",
        rf"\b(?:(?:the )?{_ORDINAL} (?:of )?(?:this |last |next )?)?(?:{_MONTH})(?!\w)"
        rf"(?:,? (?:the )?{_ORDINAL}\b(?! (?:thing|time|question|one|is|was)))?(?:,? (?:of )?{_YEAR}\b)?",
        cased=True,
    ),
    Rule("date", rf"\bthe {_ORDINAL} of (?:this|last|next) month\b"),
    Rule("date", r"\b(?:spring|summer|fall|autumn|winter) (?:of )?(?:19|20)\d\d\b"),
    Rule("date", rf"\b{_WEEKDAY},? the {_ORDINAL}\b"),
    Rule(
        "date",
        rf"\b(?:the )?(?:first|second|third|fourth|last) {_WEEKDAY} (?:of|in) (?:{MONTHS}|march|may)\b(?:,? (?:of )?{_YEAR}\b)?",
    ),
    Rule(
        "date",
        rf"\b(?:on|was|is|until|till|by|since|before|after|from) (?P<it>the {_NTH})\b"
        r"(?=[,.;?!]|$| (?:and|at|i|my|but|he|she|we|they|it|in the (?:morning|afternoon|evening))\b)",
    ),
    Rule("date", r"\bon the \d{1,2}(?:st|nd|rd|th)\b(?! (?!and|at|in|of)[a-z])"),
    Rule("date", r"\b\d{1,2}([/.-])\d{1,2}\1\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"),
    Rule(
        "date",
        rf"\b{_HOLIDAY}\b"
        rf"(?: {_WEEKDAY})?(?:,? (?:of )?{_YEAR}\b)?",
    ),
    Rule("date", r"\b\d{1,2} \d{1,2} (?:19|20)\d\d\b"),
    Rule(
        "date",  # a feast of a year
        rf"\b(?:[A-Z][\w']+ ){{1,3}}(?:Day|Eve),? (?:of |in )?{_YEAR}\b",
        cased=True,
    ),
    Rule("weekday", rf"\b{_WEEKDAY}s?\b", cased=True),
)
MEDICAL = re.compile(
    r".{3,}(?:osis|itis|pathy|algia|graphy|gram|esthesia|ectomy|otomy|plasty|scopy)s?"
)
"""Illnesses and procedures, which recognisers like to write with a capital."""
MILD = frozenset({"age", "weekday", "product"})
_WHO = rf"(?!(?:{'|'.join(sorted(COMMON))})\b)[^\W\d_][\w'-]*"
"""A word that does not begin sentences."""
_ANY = rf"(?!(?:{'|'.join(sorted(COMMON - NAMES_TOO))})\b)[^\W\d_][\w'-]*"
"""The same, or a name that is such a word: "will"."""
_REGION = "|".join(sorted(REGIONS))
_ROLES = r"(?:anonymous|caller|listener|member|man|woman|resident|student|neighbou?r|person|guy|he|she|they|everyone|[a-z]+s)\b"
"""Who asks without a name; plurals too."""
_DOES = rf"(?:{'|'.join(sorted(TELLS))}|gave|put|did|recommends|suggests|prescribed|thinks)\b"
_LETTERS = r"(?:[a-z]\b ?){1,8}"
_DIGITS = rf"(?:(?:zero|oh|double|{_SMALL}|\d+)\b[ ,-]*)"
UNCASED = (
    Rule("name", rf"\bname(?:'s| is| was) {_ANY}(?: {_WHO}){{0,2}}"),
    Rule("name", rf"\b(?:named|called) {_WHO}(?: {_WHO})?", telling=True),
    Rule(
        "name",
        rf"\b(?:this is|i am|i'm|it's) (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,3}})"
        r"(?= (?:from|calling|writing|again|here|over in|down in|up in|out in)\b)",
    ),
    Rule(
        "place",
        rf"\b(?:this is|i am|i'm|it's) \w+(?: \w+){{0,3}} (?:from|over in|down in|up in|out in)"
        rf" (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "name", rf"\bthis is (?P<it>{_WHO}) in (?={_WHO}(?: {_WHO})? (?:{_REGION})\b)"
    ),
    Rule("place", rf"\b(?:in|from|near) (?P<it>(?:{_WHO} ){{1,2}}(?:{_REGION}))\b"),
    Rule("place", rf"\b(?:over|down|up|out|back) in (?P<it>{_WHO}(?: {_WHO})?)"),
    Rule(
        "name",
        rf"(?:^|\b(?:so|okay|and|um|uh|now|well) )(?P<it>(?!{_ROLES}){_WHO})"
        r" (?:is asking|asks|says|wants to know|wonders|writes|would like to)\b",
        telling=True,
    ),
    Rule(
        "name",
        rf"\bwe(?:'ve| have)(?: got)? (?P<it>(?!{_ROLES}){_WHO} and (?!{_ROLES}){_WHO})",
    ),
    Rule(
        "name",
        rf"\b(?:comes|question|message|letter|hear|one|is) from (?P<it>{_WHO}(?: {_WHO})?)",
        telling=True,
    ),
    Rule(
        "name",
        rf"\b(?:mr|mrs|ms|miss|dr)\.? (?!{_DOES}){_WHO}(?: {_WHO})?",
    ),
    Rule(
        "place",
        rf"\b(?:lives?|living|writes?|writing|calling) (?:to us )?(?:in|from|near) (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "employer or place",
        rf"\b(?:work(?:s|ed|ing)?|job(?:'s)?|employed|retired|senior|junior|sophomore|freshman|student|press|shift)"
        rf" (?:at|for|with|from|down at|over at) (?P<it>(?!(?:home|nights?|weekends|heights?|times|least|full|part|school|pain)\b){_WHO}(?: {_WHO}){{0,2}})",
    ),
    Rule(
        "employer or place",
        rf"\b(?:this is|i'm|i am|it's) {_WHO}(?: {_WHO})? (?:over )?(?:at|with) (?P<it>{_WHO}(?: {_WHO})?)",
        telling=True,
    ),
    Rule(
        "employer or place",
        rf"\b(?:goes|go|went|going) to (?P<it>{_WHO} {_WHO}(?: {_WHO})?)",
        telling=True,
    ),
    Rule(
        "employer or place",
        rf"\b(?:{_ORDINAL}|\w+ hundred(?: and)? {_ORDINAL}) (?:\w+ )?(?:battalion|regiment|brigade|infantry|division|airborne)\b",
    ),
    Rule(
        "address",
        rf"\b(?:(?:{_SMALL}|{_TEENS}|{_TENS}|hundred|\d+)[ -]){{1,5}}{_WHO}(?: {_WHO})? (?:{_STREET})\b",
    ),
    Rule(
        "address",
        rf"\b(?:in|on|off|at|of|from|near|down|along) (?P<it>{_WHO} (?:street|avenue|road|lane|boulevard|terrace|parkway|court|drive|row|alley|crescent|mews|highway))\b",
    ),
    Rule(
        "date",
        rf"\b(?:(?:the )?{_ORDINAL} (?:of )?(?:this |last |next )?)?(?:{MONTHS})\b(?:,? (?:the )?{_ORDINAL}\b)?(?:,? (?:of )?{_YEAR}\b)?",
    ),
    Rule(
        "date",
        rf"\b(?:(?:(?:the )?{_ORDINAL} of (?:this |last |next )?|\d{{1,2}}(?:st|nd|rd|th)? )(?:march|may)"
        rf"|march {_ORDINAL}|(?:march|may) (?:the )?{_NTH}|(?:march|may) the {_ORDINAL}|(?:march|may) \d{{1,2}}(?:st|nd|rd|th)?)\b(?:,? (?:of )?{_YEAR}\b)?",
    ),
    Rule("date", r"\b(?:in|since|last|next|of|this) (?P<it>march|may)\b(?! be\b)"),
    Rule(
        "date",
        rf"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? {_YEAR}\b)?",
    ),
    Rule(
        "date",
        r"\bon the \d{1,2}(?:st|nd|rd|th)\b(?! (?:floor|street|avenue|visit|day|week|grade|percentile))",
    ),
    Rule(
        "age",
        rf"\b(?:i am|i'm|he's|she's|is|who's|at(?! 1)|(?:{_KIN})) (?:now |almost |nearly |only |just |over )*(?P<it>{_ADULT})\b{_UNIT}",
    ),
    Rule("age", rf"\b(?P<it>{_ADULT}) (?=from )"),
    Rule(
        "employer or place",
        rf"\b(?:the|our) (?:kindergarten|nursery|school|clinic|practice|firm|company|church|charity) (?P<it>{_WHO}(?: {_WHO})?)"
        rf" (?:{'|'.join(sorted(TELLS))}|gave|recommends|refuses)\b",
        telling=True,
    ),
    Rule(
        "name",
        rf"\b(?:my|our) (?:dog|cat|horse|mare|pony|rabbit|hamster|parrot) (?P<it>(?!(?:food|bed|bite|sitter|walker|flap|bowl|allergy|hair)\b){_WHO})"
        r" (?=(?:has|had|is|was|keeps|ate|won't|who)\b)",
    ),
    Rule(
        "name",
        rf"\bcalls? (?:me|him|her) (?P<it>(?:aunt(?:ie)?|uncle|granny|grandma|grandpa|nana) {_WHO})",
    ),
    Rule("employer or place", r"\bour lady of (?:the )?[\w'-]+"),
    Rule(
        "number",
        rf"\b(?:serial|plate|member|policy|account|case|claim|chart|record|badge)(?: number| id)?(?: is| was| reads| ends in)? (?P<it>{_LETTERS}?{_DIGITS}{{3,}})",
    ),
    Rule("number", rf"\b(?:ends?|ending) (?:in|with) (?P<it>{_DIGITS}{{3,}})"),
)
