# SPDX-License-Identifier: Apache-2.0
import time
import tomllib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.errors import BadInput
from agentassist.intake.toml_outline import DEEPEST, outline

TEXT = '''\
# a comment with [brackets] and "quotes
id = "a"
when = [
  "x > 1",   # why
  "y > 2, and more",
]
long = """
id = "not a key"
"""
facts = {"hotel.hour" = 14, other = [1, 2]}

[table.inner]
key = 1
a.b = 2

[[decline]]
id = "first"
  [[decline.alternative]]
  id = "one"
  [[decline.alternative]]
  id = "two"
[[decline]]
id = "second"
  [[decline.alternative]]
  id = "three"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("when",), 3),
        (("when", 0), 4),
        (("when", 1), 5),
        (("long",), 7),
        (("facts",), 10),
        (("facts", "hotel.hour"), 10),
        (("facts", "other", 1), 10),
        (("table", "inner", "key"), 13),
        (("table", "inner", "a", "b"), 14),
        (("decline",), 16),
        (("decline", 0, "id"), 17),
        (("decline", 0, "alternative", 1, "id"), 21),
        (("decline", 1), 22),
        (("decline", 1, "alternative", 0), 24),
        (("decline", 1, "alternative", 0, "id"), 25),
        (("decline", 1, "alternative", 0, "missing", "deep"), 24),
        (("nowhere",), 1),
    ],
)
def test_each_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert outline(TEXT, "a.toml").line(path) == line


KEYS = st.text(alphabet="abc", min_size=1, max_size=3)
SCALARS = st.sampled_from(
    ["1", '"x"', "'[{#'", "true", "[1, 2]", '[\n "a",\n]', "{k = 1}", '"""\nq = 1\n"""']
)


@given(st.dictionaries(KEYS, SCALARS, max_size=6), st.lists(KEYS, max_size=3, unique=True))
def test_every_key_that_tomllib_sees_is_found(pairs: dict[str, str], tables: list[str]) -> None:
    lines = [f"{key} = {value}" for key, value in pairs.items()]
    for name in tables:
        if name not in pairs:
            lines += [f"[[{name}]]", "inner = 1", f"[[{name}]]", "inner = 2"]
    text = "\n".join(lines) + "\n"
    found = outline(text, "a.toml").lines
    rows = text.splitlines()
    for key, value in tomllib.loads(text).items():
        assert rows[found[(key,)] - 1].lstrip("[").startswith(key)
        if isinstance(value, list) and key in tables and key not in pairs:
            assert rows[found[key, 1, "inner"] - 1] == "inner = 2"


@given(st.text(alphabet="[]{}=\"'#.,\n ab1\\", max_size=200))
def test_any_text_comes_to_an_end(text: str) -> None:
    with suppress(BadInput):
        assert outline(text, "a.toml").line(("a",)) >= 1


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 500, "a = " + "{b=" * 500, "[" + "a." * 500 + "a]"]
)
def test_deep_nesting_is_named_with_its_line(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        outline("x = 1\n" + text, "deep.toml")
    assert str(caught.value) == f"deep.toml:2: This nests deeper than {DEEPEST} levels: flatten it."


def test_brackets_in_texts_do_not_nest() -> None:
    assert outline('a = "' + "[" * 100 + '"', "a.toml").line(("a",)) == 1


def test_a_large_file_is_read_in_a_moment() -> None:
    began = time.perf_counter()
    outline('key = ["a", "b"] # c\n' * 10_000, "a.toml")
    outline('"""\n' * 50_001, "a.toml")
    assert time.perf_counter() - began < 3
