# SPDX-License-Identifier: Apache-2.0
"""Korean names in Hangul and in Latin letters, in the form in which they are compared.

Syllables are written by the Revised Romanisation of Korean (2000), given names without the
changes of sound between syllables, as its section on names says. People spell their own names
as they like: surnames by the table of usual spellings, given names by a key that keeps what
the spellings of one name have in common.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

_FIRST_SYLLABLE = 0xAC00
_LAST_SYLLABLE = 0xD7A3
_ROMAN = (
    "g kk n d tt r m b pp s ss  j jj ch k t p h",
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    " k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
)
_INITIALS, _VOWELS, _FINALS = (tuple(line.split(" ")) for line in _ROMAN)
_OF_INITIAL = len(_VOWELS) * len(_FINALS)

_SPELLINGS = """
김 kim gim ghim | 이 lee yi rhee ri rhie yee | 박 park bak pak bahk | 최 choi choe choy
정 jung jeong chung cheong joung | 강 kang gang | 조 cho jo joe joh | 윤 yoon yun youn
장 jang chang | 임 lim im rim yim | 한 han hahn | 오 oh o | 서 seo suh so sur | 신 shin sin
권 kwon gwon kweon | 황 hwang whang | 안 ahn an | 송 song | 류 ryu ryoo | 유 yoo yu you ryu
홍 hong | 전 jeon jun chun chon | 고 ko go koh | 문 moon mun | 양 yang | 손 son sohn
배 bae pae bai | 백 baek paek paik back baik | 허 heo hur huh her | 남 nam nahm | 심 shim sim
노 noh roh no ro | 하 ha hah | 곽 kwak gwak | 성 sung seong | 차 cha | 주 joo ju chu
우 woo wu u | 구 koo gu ku goo | 민 min | 나 na ra nah | 진 jin chin | 지 ji chi jee
엄 um eom uhm | 채 chae chai | 원 won weon | 천 cheon chun | 방 bang pang | 공 kong gong
현 hyun hyeon | 함 ham hahm | 변 byun byeon pyun | 염 yeom youm yum | 여 yeo yuh | 추 choo chu
도 do doh | 소 so soh | 석 seok suk | 선 sun seon | 설 seol sul | 마 ma mah | 길 gil kil
연 yeon youn | 위 wi wee | 표 pyo | 명 myung myeong | 기 ki gi kee | 반 ban bahn | 왕 wang
금 keum geum kum | 옥 ok ock | 육 yook yuk | 맹 maeng | 제 je jae | 모 mo | 탁 tak | 국 kook guk
은 eun | 편 pyeon pyun | 용 yong | 남궁 namgung namkoong namgoong | 황보 hwangbo whangbo
제갈 jegal jaegal | 선우 sunwoo seonu seonwoo | 독고 dokgo dokko | 사공 sagong sakong
"""


def _spellings() -> Mapping[str, tuple[str, ...]]:
    lines = (line.split() for line in re.split(r"[|\n]", _SPELLINGS))
    return {words[0]: tuple(words[1:]) for words in lines if words}


SURNAMES = _spellings()
"""Surname in Hangul to its usual spellings, the commonest first."""

_SURNAMES_OF: dict[str, tuple[str, ...]] = {}
for _surname, _spelt in SURNAMES.items():
    for _one in _spelt:
        _SURNAMES_OF[_one] = (*_SURNAMES_OF.get(_one, ()), _surname)

# What the spellings of one syllable have in common: longer ones are read first.
_READ_AS = (
    (re.compile(r"ng"), "N"),
    (re.compile(r"(?:yeo|you|yo|yu)"), "U"),
    (
        re.compile(r"(?:woo|weo|wo|eo|eu|oo|ou|o|u)h?(?![aeiouy])|(?:woo|weo|wo|eo|eu|oo|ou|o|u)"),
        "u",
    ),
    (re.compile(r"(?:ae|ai|ay|e)"), "e"),
    (re.compile(r"(?:wi|ui|ee|yi|i|y)"), "i"),
    (re.compile(r"ah(?![aeiou])"), "a"),
    (re.compile(r"(?:gg|kk|ck|g|k|q)"), "k"),
    (re.compile(r"(?:tt|dd|d|t)"), "t"),
    (re.compile(r"(?:bb|pp|b|p)"), "p"),
    (re.compile(r"(?:jj|ch|j|z)"), "c"),
    (re.compile(r"(?:ss|sh|s)"), "s"),
    (re.compile(r"(?:ll|rr|r|l)"), "l"),
)
_SYLLABLES = re.compile(
    r"(?:(?:kk|tt|pp|ss|sh|jj|ch|[gkndtrlmbpsjhwy])?"
    r"(?:yeo|yae|you|wae|woo|weo|ya|ye|yo|yu|wa|wo|we|wi|ae|ai|ah|ay|eo|eu|ee|oe|oo|ou|ui|[aeiouy])"
    r"(?:ng|ck|h(?![aeiouy])|[gkntlrmpb](?![aeiouy]))?){1,3}"
)
_LONGEST_SURNAME = 2
_LONGEST_NAME = 5
_MOST_TOKENS = 4


def romanised(text: str) -> str:
    """Return a text whose Hangul syllables are in Latin letters; others stay."""
    return "".join(_syllable(character) for character in text)


def is_hangul(text: str) -> bool:
    """True when every character is a Hangul syllable."""
    return bool(text) and not text.isascii() and all(map(_is_syllable, text))


def latin(word: str) -> tuple[str, ...]:
    """Return a word of a name in Latin letters, 김민수 as surname and given name."""
    if not is_hangul(word):
        return (romanised(word),)
    surname, given = split_hangul(word) if 1 < len(word) <= _LONGEST_NAME else (word, "")
    if surname not in SURNAMES:
        return (romanised(word),)
    return tuple(filter(None, (SURNAMES[surname][0], romanised(given))))


def split_hangul(name: str) -> tuple[str, str]:
    """Return surname and given name; surnames of two syllables are those that are known."""
    cut = _LONGEST_SURNAME if name[:_LONGEST_SURNAME] in SURNAMES and len(name) > 2 else 1  # noqa: PLR2004
    return name[:cut], name[cut:]


def readings(tokens: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the (surname in Hangul, key of the given name) that a name may stand for.

    `tokens` are folded; a Latin name is Korean when its first or last word spells a surname
    and the others read as one to three syllables.
    """
    if not 1 <= len(tokens) <= _MOST_TOKENS:
        return frozenset()
    whole = "".join(tokens)
    if is_hangul(whole):
        return frozenset((surname, key(romanised(given))) for surname, given in _hangul(tokens))
    return frozenset(_latin(tokens)) if whole.isascii() else frozenset()


def _hangul(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield surname and given name: a surname that stands alone may be the last word."""
    ends = ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1]))
    apart = [(word, "".join(rest)) for word, rest in ends if rest and word in SURNAMES]
    surname, given = split_hangul("".join(tokens))
    yield from apart or ([(surname, given)] if given else [])


def _latin(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(tokens) == 1:
        return
    ends = ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1]))
    for surname, rest in ends:
        given = "".join(rest)
        if surname in _SURNAMES_OF and _SYLLABLES.fullmatch(given):
            yield from product(_SURNAMES_OF[surname], [key(given)])


def key(given: str) -> str:
    """Return what the spellings of a given name have in common: Minsoo and Min-su are one."""
    for pattern, letter in _READ_AS:
        given = pattern.sub(letter, given)
    return given


def _is_syllable(character: str) -> bool:
    return _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE


def _syllable(character: str) -> str:
    if not _is_syllable(character):
        return character
    number = ord(character) - _FIRST_SYLLABLE
    initial, rest = divmod(number, _OF_INITIAL)
    vowel, final = divmod(rest, len(_FINALS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
