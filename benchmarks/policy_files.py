# SPDX-License-Identifier: Apache-2.0
"""Two hundred policies: those that ship, and copies of them in words of their own.

A copy keeps its rules and tests; the words of its examples are changed, each always in the
same way, so that they resemble each other as real ones do and those of no other policy.
"""

import re

from agentassist.intake.policy_files import load_folders
from agentassist.places import resource

_LISTS = re.compile(r"^(examples|counter)(_ko)? = \[.*?\]", re.MULTILINE | re.DOTALL)
_TEXT = re.compile(r'"([^"]+)"')
_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)
_WORD = re.compile(r"[A-Za-z]{3,}")
_HANGUL = re.compile(r"[가-힣]")
_FIRST, _LAST, _STEP = ord("가"), ord("힣"), 37


def generated(number: int) -> dict[str, str]:
    """Return the files of a folder with so many policies, by name."""
    files = dict(load_folders([resource("policies")]).files)
    ordinary = [name for name, text in sorted(files.items()) if "[[decline]]" in text]
    missing = number - sum(1 for text in files.values() if "[[test]]" in text)
    for copy in range(1, missing + 1):
        name = ordinary[copy % len(ordinary)]
        files[name.replace(".toml", f"_{copy}.toml")] = _about(files[name], copy)
    return files


def _about(text: str, copy: int) -> str:
    text = _ID.sub(rf'id = "\1.about{copy}"', text, count=1)
    text = re.sub(r"\[order_button\].*?(?=\n\[)", "", text, flags=re.DOTALL)
    return _LISTS.sub(lambda row: _TEXT.sub(lambda found: _reworded(found[0], copy), row[0]), text)


def _reworded(text: str, copy: int) -> str:
    """Give each English word an ending of its own, and move each Korean syllable."""
    english = _WORD.sub(lambda word: f"{word[0]}{copy}x", text)
    return _HANGUL.sub(lambda found: _moved(found[0], copy), english)


def _moved(syllable: str, copy: int) -> str:
    return chr(_FIRST + (ord(syllable) - _FIRST + copy * _STEP) % (_LAST - _FIRST + 1))
