"""Patterns of days and of ages that tell who somebody is.

A day of a month, or a month of a year, is one; a month, a weekday or a feast alone is
none, and no more is an age of 89 or less (45 CFR 164.514(b)(2)(i)(C)) that stands alone.
"""

from __future__ import annotations

import re

from pullquote.mark.private.rules import (
    KIN_WORDS,
    NUMBER,
    SMALL,
    TEENS,
    TENS,
    Rule,
)

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
        rf"(?<=, ){_ADULT}{_CLOSED}|\b{_ADULT}(?=,? (?:from|of) )",
    ),
)
"""Ages up to 89: beside a name or a town they tell somebody, alone hardly."""
OLD = re.compile(rf"{_OLD}{_ALONE}", re.IGNORECASE)
