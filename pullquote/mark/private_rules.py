"""Patterns by which private details are told in speech and in writing."""

from __future__ import annotations

import re
from typing import NamedTuple

from pullquote.mark.private_words import COMMON

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
_DECADES = r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0s)"
_MONTH = (
    "January|February|April|June|July|August|September|October|November|December"
    r"|March(?= \d| of|,|\.|\?| [a-z]+teenth| twenty| first| second| third)"
    r"|(?<=in )Ma(?:y|rch)|(?<=last )Ma(?:y|rch)|(?<=since )Ma(?:y|rch)"
    r"|(?<=of )Ma(?:y|rch)|(?<=next )Ma(?:y|rch)|May(?= \d)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth"
    r"|fifth|sixth|seventh|eighth|ninth)|[a-z]+teenth|tenth|eleventh|twelfth|twentieth"
    r"|thirtieth)"
)
_KIN = (
    "husband|wife|partner|son|daughter|mother|father|mom|mum|dad|brother|sister|uncle"
    "|aunt|cousin|friend|neighbou?r|boss|grandmother|grandfather|grandson|granddaughter"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NETWORKS = (
    r"(?:twitter|instagram|facebook|tik ?tok|reddit|youtube|telegram|discord|skype)"
)
_DOMAIN = r"(?:com|org|net|edu|gov|uk|de|info|io|us|ca)\b"


class Rule(NamedTuple):
    """What a pattern finds; its group ``it``, where it has one, else all."""

    kind: str
    pattern: re.Pattern[str]


def _rule(kind: str, pattern: str, *, cased: bool = False) -> Rule:
    return Rule(kind, re.compile(pattern, 0 if cased else re.IGNORECASE))


RULES = (
    # bounded, or a word of half a megabyte takes minutes
    _rule("e-mail", r"\S{1,64}@\S{1,255}\.\w{1,63}"),
    _rule(
        "e-mail",
        rf"\b[\w.]{{1,64}}(?: (?:dot|dash|hyphen|underscore) \w{{1,64}})* at [\w-]{{1,64}}(?: [\w-]{{1,64}})?"
        rf"(?: dot \w{{1,64}})* dot {_DOMAIN}",
    ),
    _rule(
        "web address",
        rf"\b(?:www dot )?[\w-]{{1,64}} dot {_DOMAIN}|\b(?:https?:|www\.)\S+",
    ),
    _rule("account", r"(?<!\w)@\w+|\b[a-z]+(?:_\w+)+|\b(?!covid)[a-z]{4,}\d{2,}\b"),
    _rule("account", rf"\b{_NETWORKS} (?:as|under|at) (?P<it>\w+)"),
    _rule("account", r"\b(?:handle|user ?name|screen ?name)(?: is|'s) (?P<it>\w+)"),
    _rule("number", r"\(?\+?\d(?:[\s().-]{0,2}\d){6,}"),
    _rule("number", rf"\b(?:(?:zero|oh|double|{_SMALL})\b[ ,-]*){{5,}}"),
    _rule(
        "number",
        r"\b(?:numbers?|code|plate|id|account|policy|security|phone)\b[^.?!]{0,24}?"
        r"\b(?:[A-Z]{1,3} )?\d[\d -]*\d\b",
    ),
    _rule(
        "number",
        r"\b(?!(?:19|20)\d\d\b)\d{4,}\b(?! ?(?:mg|milli|people|patients|units|steps|meters))",
    ),
    _rule(
        "address",
        r"\b\d+ (?:[A-Z][\w']+ )+(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Court|Way|Place|Square)\b",
        cased=True,
    ),
    _rule(
        "employer or place",  # a regiment, a street
        r"\b\d{1,3}(?:st|nd|rd|th) [A-Z][a-z]+(?: [A-Z][a-z]+)*",
        cased=True,
    ),
    _rule("age", rf"\b{NUMBER}[ -]years?[ -](?:old|young|of age)\b"),
    _rule(
        "age",
        rf"\b(?:aged?|age of|turn(?:ed|ing|s)?) {NUMBER}\b(?! (?:times|degrees|percent))",
    ),
    _rule(
        "age",
        rf"(?:\b(?:am|is|was|be)|'m|'s) (?:now |almost |nearly |only |just |over )*"
        rf"(?P<it>{_ADULT}(?: years)?){_CLOSED}",
    ),
    _rule("age", rf"(?<=, ){_ADULT}{_CLOSED}"),
    _rule("age", rf"(?:^|(?<=[.?!] ))At {_ADULT},"),
    _rule("age", rf"\b(?:my|his|her|their) (?:early |mid |late |mid-)?{_DECADES}\b"),
    _rule("age", rf"\b(?:early|mid|late)[ -]{_DECADES}\b"),
    _rule(
        "date",
        rf"\b(?:(?:the )?{_ORDINAL} of )?(?:{_MONTH})\b(?:,? (?:the )?{_ORDINAL}\b)?(?:,? (?:of )?(?:19|20)\d\d\b)?",
        cased=True,
    ),
    _rule("date", r"\b(?:spring|summer|fall|autumn|winter) (?:of )?(?:19|20)\d\d\b"),
    _rule("date", rf"\b{_WEEKDAY},? the {_ORDINAL}\b"),
    _rule("date", r"\bon the \d{1,2}(?:st|nd|rd|th)\b(?! (?!and|at|in|of)[a-z])"),
    _rule("date", r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"),
    _rule(
        "date",
        r"\b(?:Christmas|Thanksgiving|Easter|New Year'?s(?: Eve| Day)?|Halloween|Hanukkah"
        r"|Labor Day|Memorial Day|Independence Day|Ramadan|Passover|Valentine'?s)\b",
    ),
    _rule("weekday", rf"\b{_WEEKDAY}\b", cased=True),
)
MEDICAL = re.compile(
    r".{3,}(?:osis|itis|pathy|algia|graphy|gram|esthesia|ectomy|otomy|plasty|scopy)s?"
)
"""Illnesses and procedures, which recognisers like to write with a capital."""
MILD = frozenset({"age", "weekday"})
UNCASED = (
    _rule("name", r"\bname(?:'s| is) \w+(?: \w+)?"),
    _rule("name", r"\b(?:named|called) \w+(?: \w+)?"),
    _rule(
        "name",
        r"\b(?:this is|i am|i'm) (?!the|a|an|my|not|what|how|it)\w+(?: \w+)?"
        r"(?= (?:from|calling|writing|again|here)\b)",
    ),
    _rule(
        "place",
        r"\b(?:this is|i am|i'm) \w+(?: \w+)? from (?!the|a|an|my)(?P<it>\w+(?: \w+)?)",
    ),
    _rule(
        "name",
        r"\b(?:comes|question|message|letter|hear|one|is) from (?!my|the|a|an)\w+(?: \w+)?",
    ),
    _rule("name", r"\b(?:mr|mrs|ms|miss|dr|doctor)\.? \w+"),
    _rule(
        "name",
        rf"\bmy (?:{_KIN}) (?P<it>(?!(?:{'|'.join(sorted(COMMON))})\b)\w+)(?! (?:of|to)\b)",
    ),
    _rule(
        "place",
        r"\b(?:lives?|living|writes?|writing|calling) (?:to us )?(?:in|from|near) (?!the|a|an)\w+(?: \w+)?",
    ),
)
