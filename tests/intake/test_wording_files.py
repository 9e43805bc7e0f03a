# SPDX-License-Identifier: Apache-2.0
"""Files under wording/: the words of answers, replaced by name and looked at before they go in."""

import pytest

from agentassist.domain.frames import FRAMES
from agentassist.intake.policy_files import load_texts
from tests.policy_samples import AUTHORITY, BREAKFAST, FACTS, shipped

FILE = "wording/house.toml"


def load(frame: str):  # type: ignore[no-untyped-def]
    files = {"facts.toml": FACTS, "authority.toml": AUTHORITY, "b.toml": BREAKFAST, FILE: frame}
    return load_texts(files)


def test_every_sentence_can_be_changed_in_the_file_that_ships() -> None:
    assert set(shipped().frames) == set(FRAMES)
    assert all(text.ko for text in shipped().frames.values())


def test_a_sentence_of_the_file_is_the_one_that_counts() -> None:
    loaded = load('[[frame]]\nname = "signed"\ntext = "My lead signs."\ntext_ko = "승인합니다."\n')
    assert loaded.faults == ()
    assert loaded.bundle is not None
    assert loaded.bundle.frames["signed"].ko == "승인합니다."


@pytest.mark.parametrize(
    ("frame", "line", "told"),
    [
        ('[[frame]]\nname = "sign"\ntext = "x"', 2, "no sentence sign"),
        ('[[frame]]\nname = "offer_one"\ntext = "Take it."', 3, "has to have {first}"),
        ('[[frame]]\nname = "signed"\ntext = "As I said."', 3, "closes the door"),
        (
            '[[frame]]\nname = "offer_one"\ntext = "I {first}"\ntext_ko = "{second}"',
            4,
            "has to have {first}",
        ),
    ],
)
def test_a_fault_names_file_line_and_what_to_do(frame: str, line: int, told: str) -> None:
    (fault, *_) = load(frame).faults
    assert str(fault).startswith(f"{FILE}:{line} ")
    assert told in str(fault)


def test_a_long_sentence_is_found_where_it_makes_an_answer_too_long() -> None:
    words = " ".join(["word"] * 20)
    frame = f'[[frame]]\nname = "hurried_offer_two"\ntext = "{words} {{first}} {{second}}"\n'
    loaded = load(frame)
    assert [fault.rule for fault in loaded.faults] == ["R19"]
    assert "b.toml" in str(loaded.faults[0])


NAMED = FACTS.replace('values = ["basic", "gold"]', 'values = ["basic", "gold"]\nvalues_ko = {ko}')


@pytest.mark.parametrize(
    ("korean", "names"),
    [
        ('["기본", "골드"]', (("basic", "기본"), ("gold", "골드"))),
        ("[]", ()),
    ],
)
def test_values_have_names_in_korean(korean: str, names: tuple[tuple[str, str], ...]) -> None:
    files = {"facts.toml": NAMED.replace("{ko}", korean), "authority.toml": AUTHORITY}
    loaded = load_texts({**files, "b.toml": BREAKFAST})
    assert loaded.bundle is not None
    assert loaded.bundle.facts["customer.tier"].named_values("ko") == names


def test_each_value_needs_its_name() -> None:
    facts = NAMED.replace("{ko}", '["기본"]')
    loaded = load_texts({"facts.toml": facts, "authority.toml": AUTHORITY, "b.toml": BREAKFAST})
    assert "as many values_ko as values" in str(loaded.faults[0])
