# SPDX-License-Identifier: Apache-2.0
"""A form and its file: what was not edited stays, byte for byte."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from agentassist.domain import policy_form as forms
from agentassist.domain.facts import Text
from agentassist.domain.policy_form import (
    AllowForm,
    AlternativeForm,
    ButtonForm,
    DeclineForm,
    NeedForm,
    PolicyForm,
    SafePathForm,
    YesWithForm,
)
from agentassist.errors import BadInput
from agentassist.intake import policy_schema as schema
from agentassist.intake.policy_forms import form_of, table_of
from agentassist.intake.policy_writer import fresh, write
from agentassist.intake.toml_parts import cut
from agentassist.places import resource
from tests.policy_samples import BREAKFAST, SIM

FILES = sorted(
    path
    for path in Path(resource("policies")).rglob("*.toml")
    if path.name not in ("facts.toml", "authority.toml", "ranking.toml", "wow.toml")
    and "wording" not in path.parts
)
COMMENTED = """\
# Pets, agreed with housekeeping.

id = "hotel.pets"        # never rename: reports use it
title = "Bring a pet"
sector = "hotel"
needs = [
  "stay_together",       # the reason they call
  "know_the_price",
]

# One night only.
[[decline]]
id = "full"
when = ["hotel.occupancy_pct >= 95"]   # the fire code
reason = "Every pet room is taken"
  # ask housekeeping first
  [[decline.alternative]]
  id = "kennel"
  offer = "a place at the kennel next door"
  delivers = ["stay_together"]
  owner = "us"
  cost = 500
  within_hours = 2
  # kept for guests who drive
  [[decline.alternative]]
  id = "sister"
  offer = "a room at our other house"
  delivers = ["stay_together"]
  owner = "shared"
  within_hours = 4

# Large dogs.
[[decline]]
id = "large"
when = ["hotel.hour >= 22"]
reason = "The garden gate is closed at night"
  [[decline.alternative]]
  id = "morning"
  offer = "a first walk at six"
  delivers = ["stay_together"]
  owner = "us"
  within_hours = 12

[[test]]
facts = {"hotel.hour" = 23}   # at night
expect = "decline"

# the end
"""


def form(text: str) -> PolicyForm:
    return form_of(tomllib.loads(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_survives_a_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "".join(block.text for block in cut(text)) == text
    assert write(text, form(text)) == text
    assert form(fresh(form(text))) == form(text)


def test_a_number_changes_alone() -> None:
    before = form(COMMENTED)
    option = replace(before.declines[0].alternatives[0], cost=700)
    others = before.declines[0].alternatives[1:]
    first = replace(before.declines[0], alternatives=(option, *others))
    after = replace(before, declines=(first, *before.declines[1:]))
    assert write(COMMENTED, after) == COMMENTED.replace("cost = 500", "cost = 700")


def test_comments_in_lists_and_behind_values_stay() -> None:
    before = form(COMMENTED)
    needs = (*before.needs, NeedForm(id="feel_welcome"))
    decline = replace(before.declines[0], when=("hotel.occupancy_pct >= 90",))
    after = replace(before, needs=needs, declines=(decline, *before.declines[1:]))
    wanted = COMMENTED.replace(
        '  "know_the_price",\n', '  "know_the_price",\n  "feel_welcome",\n'
    ).replace(">= 95", ">= 90")
    assert write(COMMENTED, after) == wanted


def test_a_rule_goes_with_its_comment_and_leaves_the_others() -> None:
    before = form(COMMENTED)
    written = write(COMMENTED, replace(before, declines=before.declines[:1]))
    start, end = COMMENTED.index("\n# Large dogs."), COMMENTED.index("\n[[test]]")
    assert written == COMMENTED[:start] + COMMENTED[end:]


def test_an_alternative_goes_with_its_comment_alone() -> None:
    before = form(COMMENTED)
    first = replace(before.declines[0], alternatives=before.declines[0].alternatives[:1])
    written = write(COMMENTED, replace(before, declines=(first, before.declines[1])))
    start = COMMENTED.index("  # kept for guests")
    assert written == COMMENTED[:start] + COMMENTED[COMMENTED.index("\n# Large dogs.") :]


def test_rules_change_places_with_their_comments() -> None:
    before = form(COMMENTED)
    written = write(COMMENTED, replace(before, declines=before.declines[::-1]))
    assert written.index("# Large dogs.\n[[decline]]") < written.index("# One night only.\n[[dec")
    assert sorted(written.splitlines()) == sorted(COMMENTED.splitlines())


def test_a_renamed_rule_keeps_its_place_and_comments() -> None:
    before = form(COMMENTED)
    after = replace(before, declines=(replace(before.declines[0], id="taken"), before.declines[1]))
    assert write(COMMENTED, after) == COMMENTED.replace('id = "full"', 'id = "taken"')


def test_new_keys_stand_where_authors_look_for_them() -> None:
    after = replace(
        form(COMMENTED),
        owner="rooms",
        valid_from=date(2026, 5, 1),
        title=Text("Bring a pet", "반려동물"),
    )
    lines = write(COMMENTED, after).splitlines()
    assert lines[3:8] == [
        'title = "Bring a pet"',
        'title_ko = "반려동물"',
        'sector = "hotel"',
        'owner = "rooms"',
        "valid_from = 2026-05-01",
    ]


def test_tables_inside_a_line_are_written_out_when_they_are_edited() -> None:
    text = 'id = "a.b"\nneeds = ["x"]\ndecline = [{id = "d", when = []}]\n'
    before = form(text)
    after = replace(before, declines=(replace(before.declines[0], reason=Text("So it is")),))
    assert form(write(text, after)) == after
    dotted = (
        'id = "a.b"\n[[test]]\nfacts."hotel.hour" = 3\nexpect = "yes"\n'
        '[order_button]\nlabel = "L"\nwhen = []\n'
    )
    changed = replace(
        form(dotted),
        tests=(forms.TestForm(facts={"hotel.hour": 4}),),
        button=ButtonForm(label=Text("M", "엠"), when=("a is b",)),
    )
    assert form(write(dotted, changed)) == changed


def test_a_table_below_a_test_is_written_out_when_it_is_edited() -> None:
    text = (
        'id = "a.b"\n\n[[test]]\nexpect = "yes"\n[test.facts]\n"hotel.hour" = 3\n\n'
        '[[test]]\nexpect = "ask"\n'
    )
    before = form(text)
    kept = replace(before, title=Text("T"))
    assert "[test.facts]" in write(text, kept)
    after = replace(before, tests=(replace(before.tests[0], expect="decline"), before.tests[1]))
    assert form(write(text, after)) == after


def test_what_the_form_cannot_show_stays_until_it_is_edited() -> None:
    text = BREAKFAST.replace("cost = 500", 'cost = "much"') + "strange = 1\n"
    after = replace(form(text), title=Text("New", "새로"))
    written = write(text, after)
    assert 'cost = "much"' in written
    assert "strange = 1" in written


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    with pytest.raises(BadInput) as told:
        write("id = \n", PolicyForm(id="a.b"))
    assert told.value.place.line == 1


# Any edit

WORDS = st.text(st.sampled_from("ab \"\\'#\n가=[]{}.,é"), max_size=12)
IDS = st.sampled_from(["one", "two", "three", "four", ""])
TEXTS = st.builds(Text, WORDS, WORDS)
WHENS = st.lists(WORDS, max_size=3).map(tuple)
HOURS = st.none() | st.integers(0, 200)
FACTS = st.dictionaries(
    st.sampled_from(["hotel.hour", "a.b", "c.d"]), st.booleans() | st.integers() | WORDS, max_size=3
)
ALTERNATIVES = st.builds(
    AlternativeForm,
    id=IDS,
    offer=TEXTS,
    when=WHENS,
    delivers=WHENS,
    owner=WORDS,
    cost=st.integers(0, 10**6),
    within_hours=HOURS,
    steps=st.lists(TEXTS, max_size=2).map(tuple),
    by=WORDS,
)
DECLINES = st.builds(
    DeclineForm,
    id=IDS,
    when=WHENS,
    reason=TEXTS,
    alternatives=st.lists(ALTERNATIVES, max_size=3).map(tuple),
)
TESTS = st.builds(
    forms.TestForm, facts=FACTS, expect=WORDS, alternatives=st.none() | WHENS, asks=WORDS
)
FORMS = st.builds(
    PolicyForm,
    id=WORDS,
    title=TEXTS,
    sector=WORDS,
    version=st.integers(1, 9),
    owner=WORDS,
    scope=WHENS,
    valid_from=st.none() | st.dates(),
    yes=TEXTS,
    examples=WHENS,
    tests=st.lists(TESTS, max_size=3).map(tuple),
    needs=st.lists(st.builds(NeedForm, id=WORDS, name_ko=WORDS), max_size=3).map(tuple),
    declines=st.lists(DECLINES, max_size=3).map(tuple),
    yes_with=st.lists(st.builds(YesWithForm, id=IDS, when=WHENS, condition=TEXTS), max_size=2).map(
        tuple
    ),
    account_bound=st.booleans(),
    button=st.none() | st.builds(ButtonForm, label=TEXTS, when=WHENS),
    protected=st.sampled_from(["", "safety"]),
    allow=st.lists(st.builds(AllowForm, when=WHENS, condition=TEXTS), max_size=2).map(tuple),
    safe_paths=st.lists(
        st.builds(SafePathForm, id=IDS, offer=TEXTS, within_hours=HOURS), max_size=2
    ).map(tuple),
)


@given(st.sampled_from([COMMENTED, BREAKFAST, SIM, ""]), FORMS)
def test_any_form_can_be_written_over_any_file(text: str, wanted: PolicyForm) -> None:
    written = write(text, wanted)
    assert table_of(form(written)) == table_of(wanted)
    assert write(written, form(written)) == written


@given(FORMS, FORMS)
def test_any_form_can_be_written_over_any_other(first: PolicyForm, second: PolicyForm) -> None:
    assert table_of(form(write(fresh(first), second))) == table_of(second)


@given(st.data())
def test_an_edit_of_one_field_touches_one_line(data: st.DataObject) -> None:
    """Edit one text somewhere: every other line is the line it was."""
    before = form(COMMENTED)
    place = data.draw(st.integers(0, len(before.declines) - 1))
    reason = data.draw(st.text(st.sampled_from("abc가 '#"), min_size=1, max_size=20))
    decline = replace(before.declines[place], reason=Text(reason))
    declines = (*before.declines[:place], decline, *before.declines[place + 1 :])
    old = COMMENTED.splitlines()
    new = write(COMMENTED, replace(before, declines=declines)).splitlines()
    assert len(new) == len(old)
    changed = [i for i, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    assert all(old[i].lstrip().startswith("reason") for i in changed)
    assert len(changed) <= 1


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (schema.PolicyFile, ()),
        (schema.ProtectedFile, ()),
        (schema.DeclineTable, ("decline",)),
        (schema.AlternativeTable, ("decline", "alternative")),
        (schema.YesWithTable, ("yes_with",)),
        (schema.AllowTable, ("allow",)),
        (schema.SafePathTable, ("safe_path",)),
        (schema.OrderButtonTable, ("order_button",)),
        (schema.TestTable, ("test",)),
    ],
)
def test_the_form_has_every_key_of_the_file(table: type[BaseModel], row: tuple[str, ...]) -> None:
    full = PolicyForm(
        id="a.b",
        declines=(DeclineForm(alternatives=(AlternativeForm(),)),),
        yes_with=(YesWithForm(),),
        allow=(AllowForm(),),
        safe_paths=(SafePathForm(),),
        button=ButtonForm(),
        tests=(forms.TestForm(),),
    )
    found: Any = table_of(full)
    for name in row:
        found = found[name][0]
    assert set(table.model_fields) <= set(found)
