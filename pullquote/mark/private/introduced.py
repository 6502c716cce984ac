"""Patterns by which names are introduced where nothing has a capital."""

from __future__ import annotations

from pullquote.mark.lexicon.common_words import (
    COMMON,
    CONTRACTED,
    NAMES_TOO,
    REGIONS,
    TELLS,
)
from pullquote.mark.lexicon.things import BREEDS
from pullquote.mark.private.dates import ORDINAL
from pullquote.mark.private.rules import (
    KIN_WORDS,
    NUMBER,
    SMALL,
    STREET,
    TEENS,
    TENS,
    Rule,
)

_WHO = rf"(?!(?:{'|'.join(sorted(COMMON | CONTRACTED.keys()))})\b)[^\W\d_][\w'-]*"
"""A word that does not begin sentences."""
_ANY = rf"(?!(?:{'|'.join(sorted((COMMON | CONTRACTED.keys()) - NAMES_TOO))})\b)[^\W\d_][\w'-]*"
"""The same, or a name that is such a word: "will"."""
_REGION = "|".join(sorted(REGIONS))
_ROLES = r"(?:anonymous|caller|listener|member|man|woman|resident|student|neighbou?r|person|guy|he|she|they|everyone|[a-z]+s)\b"
"""Who asks without a name; plurals too."""
_AUNT = "(?:aunt(?:ie|y)?|uncle|granny|grandma|grandpa|nana)"
_PETS = (
    "horse|mare|rabbit|hamster|parrot|budgie|tortoise|goat|puppy|kitten|"
    + "|".join(sorted(BREEDS))
)
_SPEAKS = r"(?= (?:from|calling|writing|again|here|over in|down in|up in|out in)\b)"
"""What follows who speaks."""
_DOES = rf"(?:{'|'.join(sorted(TELLS))}|gave|put|did|recommends|suggests|prescribed|thinks)\b"
UNCASED = (
    Rule(
        "name",
        rf"\b(?:named|called) (?P<it>{_WHO} [b-hj-z])\b",
        rf"\bname(?:'?s| is| was) {_ANY}(?: {_WHO}){{0,2}}",
    ),
    Rule("name", rf"\b(?:named|called) {_WHO}(?: {_WHO}){{0,3}}", telling=True),
    Rule(
        "name",  # but "i'm numb from the hip down"
        rf"\b(?:this is|i am|i'?m) (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,3}}){_SPEAKS}(?! from (?:the|my|all|this)\b)",
    ),
    Rule(
        "name",
        # but "it's worse again"
        rf"\bit'?s (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,3}}){_SPEAKS}",
        # "this is hyun woo i am a violinist"
        rf"\bthis is (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,2}})"
        r"(?= (?:i am|i'?m|i have|i've|i had|i got|i was|and i|and my|my|with)\b)",
        telling=True,
    ),
    Rule(
        "name",
        rf"\bdoctor (?P<it>(?!{_DOES}|\w+(?:ed|ly)\b){_WHO})"
        r" (?=(?:said|says|told|gave|wants|thinks|failed|did|in|at|from|who|and i|prescribed|operated|put)\b)",
        unless=r"\b(?:my|the|a|your|our|another|his|her|same|company|family|every|no) $",
    ),
    Rule(
        "place",
        rf"\b(?:this is|i am|i'?m|it'?s) \w+(?: \w+){{0,3}} (?:from|over in|down in|up in|out in)"
        rf" (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "name", rf"\bthis is (?P<it>{_WHO}) in (?={_WHO}(?: {_WHO})? (?:{_REGION})\b)"
    ),
    Rule(
        "place",
        rf"\b(?:in|from|near) (?P<it>(?:{_WHO} ){{1,2}}(?:{_REGION}))\b",
        rf"\b(?:over|down|up|out|back) in (?P<it>(?!{NUMBER}\b){_WHO}(?: {_WHO})?)",
    ),
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
        rf"\b(?:mr|mrs|ms|miss|dr|mister|missus|missis|professor|councillor)\.? (?!{_DOES}){_WHO}(?: {_WHO})?",
    ),
    Rule(
        "place",
        rf"\b(?:lives?|living|writes?|writing|calling) (?:to us )?(?:in|from|near) (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "employer or place",
        rf"\b(?:work(?:s|ed|ing)?|driv(?:e|es|ing|er)|deliver(?:s|ing)?|cook(?:s|ing)?|clean(?:s|ing)?|job(?:'s)?|employed|retired|senior|junior|sophomore|freshman|student|press|shift)"
        rf" (?:at|for|with|from|down at|over at) (?P<it>(?!(?:home|nights?|weekends|heights?|times|least|full|part|school|pain)\b){_WHO}(?: {_WHO}){{0,2}})",
        unless=r"\bdo(?:es)? [\w' ]{1,24}work (?:for|with) $",
    ),
    Rule(
        "employer or place",
        rf"\b(?:this is|i'?m|i am|it'?s) {_WHO}(?: {_WHO})? (?:over )?(?:at|with) (?P<it>{_WHO}(?: {_WHO})?)",
        rf"\b(?:goes|go|went|going) to (?P<it>{_WHO} {_WHO}(?: {_WHO})?)",
        telling=True,
    ),
    Rule(
        "employer or place",
        rf"\b(?:{ORDINAL}|\w+ hundred(?: and)? {ORDINAL}) (?:\w+ )?(?:battalion|regiment|brigade|infantry|division|airborne|squadron|company|corps|marines|rangers|cavalry|artillery|wing)\b",
    ),
    Rule(
        "address",
        rf"\b(?:number )?(?:(?:{SMALL}|{TEENS}|{TENS}|hundred|\d+)[ -]){{1,5}}{_WHO}(?: {_WHO})? (?:{STREET})\b",
        rf"\b(?:in|on|off|at|of|from|near|down|up|along|(?:moved?|moving|went|go|going|came|drove|back) to) (?P<it>{_WHO}(?: {_WHO})? (?:street|avenue|road|lane|boulevard|terrace|parkway|court|drive|row|alley|crescent|mews|highway|parade|close|rise|quay|grove))\b(?! (?:to|by|together|enough)\b)",
    ),
    Rule(
        "employer or place",
        rf"\b(?:the|our) (?:kindergarten|nursery|school|clinic|practice|firm|company|church|charity) (?P<it>{_WHO}(?: {_WHO})?)"
        rf" (?:{'|'.join(sorted(TELLS))}|gave|recommends|refuses)\b",
        telling=True,
    ),
    Rule(
        "name",
        rf"\b(?:my|our|his|her|their) (?:{KIN_WORDS}|{_PETS}) (?P<it>(?!(?:food|bed|bite|sitter|walker|flap|bowl|allergy|hair|box|run|\w+ly)\b)(?:{_WHO} )?(?!\w{{3,}}ed\b){_WHO})"
        r" (?=(?:has|had|is|was|hasn't|isn't|wasn't|turned|keeps|kept|ate|eats|won't|can't|wouldn't|doesn't|who|and (?:he|she)|\w{3,}ed|got|gets|bit|fell|went|came|ran|says|said|wants|needs|loves|likes|takes|can|will)\b)",
        rf"\bcalls? (?:me|him|her) (?P<it>{_AUNT} {_WHO})|\b{_AUNT} {_WHO} (?=(?:from|here|says|asks|is|was|has|had)\b)",
    ),
    Rule(
        "address",
        rf"\bnumber {NUMBER} (?:on|in|of) {_WHO}(?: {_WHO})? (?:{STREET})\b",
    ),
    Rule("number", r"\b[a-z]{2}\d\d [a-z]{3}\b", telling=True),  # of a car in Britain
    Rule(
        "number",
        r"\b[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}\b(?<!st|nd|rd|th|lb|ft|gb|hz)",
    ),
    Rule(
        "name",
        rf"\b(?:they|(?:every|some)(?:one|body)|people|friends|mates|colleagues) calls? (?:me|him|her|us) (?P<it>{_WHO})",
    ),
    Rule(
        "place",
        rf"\b(?:village|town|city|parish|hamlet|suburb|island|isle) of (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "employer or place",
        rf"\b{_WHO} & {_WHO}(?: {_WHO})?",
        telling=True,
        needs=" & ",
    ),
    Rule(
        "place",
        rf"\b(?:i'?m|i am|we'?re|we are|family|man|woman|lady|lot|us|people) from (?P<it>{_WHO}(?: {_WHO})?)",
    ),
)
