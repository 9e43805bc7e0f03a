# SPDX-License-Identifier: Apache-2.0
"""Reading what was said: folded, with disguises undone, in sentences and clauses.

Folding never lengthens the work: a megabyte is cut before anything looks at it.
"""
# ruff: noqa: SIM905 - a list of words is read as words

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 2_000
_READ = 20_000  # what is looked at for anything visible
_CLAUSES = 6
_SHORTEST = 3

_SPACES = re.compile(r"\s+")
# Marks, fillers and blanks that show nothing but are no format characters.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
_VARIATION = range(0xFE00, 0xFE10)

# Disguises

_SEPARATED = re.compile(r"(?<!\w)(?:[^\W\d_][\s.·*_~|-]{1,2}){2,}[^\W\d_](?!\w)")
_STROKE = re.compile(r"(?<=[^\W\d_])[!|](?=[^\W\d_])")
_MIXED = re.compile(r"[\w@$]*(?:[^\W\d_][\d@$]|[\d@$][^\W\d_])[\w@$]*")
_LEET = str.maketrans("0134578@$", "oieastbas")
# Letters of other scripts by the Latin ones they look like, after case folding.
_LOOKALIKES = str.maketrans(
    "авгеікмнорстухцѕјԁԛԝһӏєąαβγεηικμνορτυχωɑɡıǀᴀʙᴄᴅᴇɪᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡᴢ",
    "abreikmhopctyxusjdqwhleaabyenikuvoptuxwagilabcdeijklmnopstuvwz",
)

# Jamo: consonants that begin a syllable, vowels, consonants that end one (Unicode 3.12).
_INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWEL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SPLIT = re.compile(rf"([{_INITIAL}])\s?([{_VOWEL}])(?:\s?([{_FINAL[1:]}])(?!\s?[{_VOWEL}]))?")
_OPEN = re.compile(rf"([가-힣])\s?([{_FINAL[1:]}])(?!\s?[{_VOWEL}])")
_SYLLABLE, _PER_INITIAL, _PER_VOWEL = 0xAC00, 588, 28


def normalise(text: str) -> str:
    """Fold an utterance: NFKC, nothing invisible, lower case, single spaces, 2,000 characters."""
    seen = "".join(char for char in text[:_READ] if not _is_blank(char))
    joined = _join_jamo(_spaced(seen)[:LONGEST])
    folded = unicodedata.normalize("NFKC", joined).casefold()
    plain = "".join(char for char in folded if not _is_blank(char))
    return _spaced(plain)[:LONGEST].strip()


def _spaced(text: str) -> str:
    """Return text with one space, or one line break, wherever there are several."""
    return _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text)


def _is_blank(char: str) -> bool:
    if char.isascii():
        return char < " " and char not in "\t\n\r"
    return unicodedata.category(char) in {"Cf", "Cs"} or char in _BLANK or ord(char) in _VARIATION


def _join_jamo(text: str) -> str:
    """Put syllables together that were typed as letters: ㅂㅣㅁㅣㄹ gives 비밀."""
    if not any("ㄱ" <= char <= "ㅣ" for char in text):
        return text
    return _OPEN.sub(_closed, _SPLIT.sub(_composed, text))


def _composed(found: re.Match[str]) -> str:
    initial, vowel = _INITIAL.index(found[1]), _VOWEL.index(found[2])
    final = _FINAL.index(found[3]) if found[3] else 0
    return chr(_SYLLABLE + initial * _PER_INITIAL + vowel * _PER_VOWEL + final)


def _closed(found: re.Match[str]) -> str:
    """Add a final consonant to a syllable that has none; else leave both."""
    code = ord(found[1]) - _SYLLABLE
    return found[0] if code % _PER_VOWEL else chr(ord(found[1]) + _FINAL.index(found[2]))


def disguised(text: str) -> str:
    """Undo what hides a word from a detector: p4ssw0rd, p.a.s.s.w.o.r.d, look-alikes."""
    plain = _without_marks(text.translate(_LOOKALIKES))
    joined = _SEPARATED.sub(_spelt, _STROKE.sub("i", plain))
    return _MIXED.sub(lambda found: found[0].translate(_LEET), joined)


def _spelt(found: re.Match[str]) -> str:
    """Join letters that stand apart; an a or I before them is a word of its own."""
    letters = re.sub(r"[\W_]", "", found[0])
    alone = letters[0] in "ai" and len(letters) > _SHORTEST
    return f"{letters[0]} {letters[1:]}" if alone else letters


def _without_marks(text: str) -> str:
    """Return letters without accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare)


# Sentences and clauses

_SENTENCE = re.compile(r"(?<=[.!?;。])\s+|\n+|(?<=[!?;])(?=\w)")
_BREAK = re.compile(
    r"[.!?;:。]+(?:\s+|$)|[!?;]+|,\s*(?!\d)|\s+-+\s+"
    r"|\s+(?=(?:but|however|instead|rather than|그런데|하지만|근데|대신)\b)"
    r"|(?<=지만)\s+|(?<=는데)\s+|(?<=말고)\s+|(?<=니까)\s+|(?<=아니라)\s+|(?<=않고)\s+"
)
# Speech has no commas: a new wish begins a clause, unless a word before it holds it.
_WISH = re.compile(
    r"\s(?=(?:(?:can|could|may) (?:i|you|we)|i (?:want|need|would like)|i['’]?d like|please)"
    r"(?:\s\S+){2})"
)
_HOLDS = frozenset(
    (
        "think know believe sure that if whether when what how where why said say says told "
        "because unless not never and or so as than don't dont do i you we who which ask asked "
        "asking wonder wondering hope like"
    ).split()
)


def sentences(text: str) -> tuple[str, ...]:
    """Split folded text where a sentence ends."""
    return tuple(part for part in (x.strip() for x in _SENTENCE.split(text)) if part)


def clauses(text: str) -> tuple[str, ...]:
    """Split a folded sentence into its clauses; the last ones where there are many."""
    parts = (part.strip() for part in _BREAK.split(text) if part)
    found = [clause for part in parts if part for clause in _wishes(part)]
    return tuple(found[-_CLAUSES:])


def _wishes(part: str) -> Iterator[str]:
    """Split where a wish begins."""
    begin = 0
    for found in _WISH.finditer(part):
        before = part[begin : found.start()].split()
        if before and before[-1] not in _HOLDS:
            yield part[begin : found.start()]
            begin = found.end()
    yield part[begin:]


_LATIN = re.compile(r"[a-z][a-z'’-]+")


def latin_part(text: str) -> str:
    """Return the Latin words of a clause that mixes scripts; empty for a single one."""
    words = _LATIN.findall(text)
    return " ".join(words) if len(words) > 1 else ""
