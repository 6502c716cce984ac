"""Names in scripts that have no capitals and, mostly, no spaces: Chinese, Japanese, Korean.

A name is known there by how somebody says it: "my name is", "Mr", "-san".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

LONGEST = 12
"""Letters of a name."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3005\u00b7"
_KANA = "\u3041-\u3096\u30a1-\u30fa\u30fb\u30fc"
_HANGUL = "\uac00-\ud7a3"
_CLOSE = re.compile(f"[{_HAN}{_KANA}]")
"""Between two of these nobody writes a space, only recognisers do."""
_RUN = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]{{2,}}")
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧"
    "曹彭曾肖蕭田董袁潘蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范廖贾賈夏韦韋"
    "方邹鄒孟熊秦邱江尹薛闫閻段雷侯史陶黎贺賀顾顧郝龚龔邵钱錢严嚴武戴莫孔汤湯"
)
_ANYBODY = "皆|患者|医者|医師|看護師|奥|娘|息子|子供|客|母|父|兄|姉|先生|老|小"
_NAMES = (
    re.compile(
        f"(?:我叫(?![救车車了他她你人出])|名字是|名字叫|名叫|叫做)(?P<it>[{_HAN}]{{2,4}})"
    ),
    re.compile(f"我是(?P<it>[{_SURNAMES}][{_HAN}]{{1,2}})"),
    re.compile(f"(?P<it>[{_SURNAMES}][{_HAN}]{{0,2}})(?:先生|女士|小姐|太太)"),
    re.compile(
        f"(?:私は|わたしは|名前は)、?(?P<it>[{_HAN}{_KANA}]{{2,10}}?)"
        "(?:です|と申し|といい|と言い)"
    ),
    re.compile(
        f"(?<![{_HAN}])(?!{_ANYBODY})(?P<it>[{_HAN}]{{1,6}}|[\u30a1-\u30fa\u30fc]{{2,10}})"
        "(?:です(?=。質問)|と申し|といいま|さん|様|くん|ちゃん)"
    ),
    re.compile(
        f"(?:저는|이름은) ?(?P<it>[{_HANGUL}]{{2,4}}?)(?:입니다|이에요|예요|이라고|라고)"
    ),
    re.compile(f"(?<![{_HANGUL}])(?P<it>[{_HANGUL}]{{2,4}}) ?씨"),
)


def named(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the first and last word in which each name stands, and the name."""
    if all(word.isascii() for word in words):
        return
    text = ""
    starts = []
    for word in words:
        if text and not (_CLOSE.match(text[-1]) and _CLOSE.match(word)):
            text += " "
        starts.append(len(text))
        text += word
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            a, b = match.span("it")
            yield (
                bisect_right(starts, a) - 1,
                bisect_right(starts, b - 1) - 1,
                match["it"],
            )


def bare(text: str) -> str:
    """Return a text's longest run of these scripts, "" where there is none."""
    return max(_RUN.findall(text), key=len, default="")


def parts(text: str, length: int) -> Iterator[str]:
    """Yield whatever stands in so many letters in a row: words are not parted."""
    for run in _RUN.findall(text):
        for at in range(len(run) - length + 1):
            yield run[at : at + length]


def in_slug(name: str) -> Iterator[tuple[str, str]]:
    """Yield a name's syllables by twos, as a slug writes them: "wang", "xiao"."""
    from slugify import slugify

    yield from pairwise(slugify(name).split("-"))
