# SPDX-License-Identifier: Apache-2.0
"""Faults between the policies of one request, and in what stands beside policies."""

import time

import pytest

from agentassist.intake.policy_faults import PolicyFault
from tests.policy_samples import AUTHORITY, BREAKFAST, FACTS, FEE, SIM, good, load

HEAD = BREAKFAST[: BREAKFAST.index("examples =")]
GOLD = (
    HEAD.replace(
        'id = "hotel.breakfast.late"',
        'id = "hotel.breakfast.gold"\nrequest = "hotel.breakfast.late"\n'
        'scope = ["customer.tier is gold"]\noverrides = ["hotel.breakfast.late"]',
    )
    + '[[test]]\nfacts = {"customer.tier" = "gold"}\nexpect = "yes"\n'
)
TOLD = """
[[fact]]
key = "told.anniversary"
type = "bool"
volunteered = true
"""
WOW = """\
[[wow]]
id = "card"
hint = "Put a card to the anniversary in with it."
volunteered = "told.anniversary"
cost = 300
"""
BUDGET = AUTHORITY + '[[limit]]\naction = "wow"\nrole = "agent"\nper_action = 500\n'
FRAME = '[[frame]]\nname = "safe"\ntext = "The safe way: {first}."\n'


def told(faults: tuple[PolicyFault, ...]) -> list[tuple[str, str, int, str]]:
    return [(f.rule, f.place.file, f.place.line, f.template.format(**f.values)) for f in faults]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_policy_for_some_stands_beside_the_one_for_all() -> None:
    bundle = good(gold=GOLD)
    assert len(bundle.index.answering["hotel.breakfast.late"]) == 2


def test_surprises_and_sentences_are_sound_as_they_stand() -> None:
    bundle = good(facts=FACTS + TOLD, wow=WOW, authority=BUDGET, **{"wording/a": FRAME})
    assert [wow.id for wow in bundle.wows] == ["card"]
    assert set(bundle.frames) == {"safe"}


# rule, file, its text, what is replaced, by what, words on the line, sentence
PLANTED = [
    (
        "R17", "gold", GOLD, 'overrides = ["hotel.breakfast.late"]\n', "", 'id = "hotel',
        "customer.tier gold: hotel.breakfast.gold and hotel.breakfast.late both speak; "
        "name one of them in `overrides` of the other, or narrow a scope.",
    ),
    (
        "R17", "gold", GOLD, '["hotel.breakfast.late"]', '["hotel.breakfast.lat"]', "overrides",
        "There is no policy hotel.breakfast.lat: name one that answers the same request.",
    ),
    (
        "R17", "gold", GOLD, '["hotel.breakfast.late"]', '["bank.fee.refund"]', "overrides",
        "bank.fee.refund answers bank.fee.refund, not hotel.breakfast.late: "
        "remove it from `overrides`.",
    ),
    (
        "R17", "gold", GOLD, '["hotel.breakfast.late"]', '["hotel.breakfast.gold"]', "overrides",
        "hotel.breakfast.gold and hotel.breakfast.gold override each other: "
        "remove one of the two.",
    ),
    (
        "R17", "breakfast", BREAKFAST, "needs =", 'overrides = ["hotel.breakfast.gold"]\nneeds =',
        "overrides", "hotel.breakfast.late and hotel.breakfast.gold override each other: "
        "remove one of the two.",
    ),
    (
        "R17", "breakfast", BREAKFAST, "needs =", 'scope = ["hotel.occupancy_pct < 95"]\nneeds =',
        None, "customer.tier basic, hotel.occupancy_pct 95: nobody answers "
        "hotel.breakfast.late. Widen a scope, or add a policy without one.",
    ),
    (
        "R17", "breakfast", BREAKFAST, "needs =", "valid_until = 2026-12-31\nneeds =", None,
        "customer.tier basic, 2027-01-01: nobody answers hotel.breakfast.late. Widen a scope, "
        "or add a policy without one.",
    ),
    (
        "R17", "gold", GOLD, 'sector = "hotel"', 'sector = "bank"', None,
        "Policies of one request serve one sector, not bank, hotel: split the request.",
    ),
    (
        "R8", "gold", GOLD, '["customer.tier is gold"]',
        '["customer.tier is gold", "customer.tier is basic"]', "scope",
        "Nobody is in this scope: its conditions exclude each other.",
    ),
    (
        "R8", "gold", GOLD, 'scope = ["customer.tier is gold"]\n', "", None,
        '"hotel.breakfast.late" never speaks: its scope is empty, or always overridden.',
    ),
    (
        "R8", "gold", GOLD, "needs =", "valid_from = 2026-02-02\nvalid_until = 2026-02-01\nneeds =",
        "valid_until", "It ends before it begins, so it never speaks: write the earlier day first.",
    ),
    (
        "R8", "gold", GOLD, "[[test]]",
        BREAKFAST[BREAKFAST.index("[[decline]]"):BREAKFAST.index("[[test]]")].replace(
            "hotel.hour >= 12", "customer.tier is basic") + "[[test]]", "[[decline]]",
        '"lunch_setup" can never be reached: its conditions exclude each other.',
    ),
    (
        "R11", "gold", GOLD, '{"customer.tier" = "gold"}', '{"customer.tier" = "basic"}',
        "[[test]]", "Test 1 is answered by hotel.breakfast.late: "
        "add the facts of this policy's scope.",
    ),
    (
        "R16", "gold", GOLD, "needs =", 'examples = ["one", "two"]\nneeds =', "examples",
        "examples has 2 different sentences: write at least 5.",
    ),
    (
        "R16", "breakfast", BREAKFAST, '"breakfast was cold"', '"we missed  Breakfast"',
        '"breakfast at noon',
        '"we missed breakfast" is a counter-example here too: keep it in one of the lists.',
    ),
    (
        "R12", "sim", SIM, "guards =", "valid_until = 2026-12-31\nguards =", "valid_until",
        "A protected policy has no valid_until: remove this line.",
    ),
    (
        "R12", "sim", SIM, "guards =", 'overrides = ["bank.fee.refund"]\nguards =', "overrides",
        "A protected policy has no overrides: remove this line.",
    ),
    (
        "R17", "fee", FEE, "needs =", 'request = "telecom.sim.swap"\n'
        'overrides = ["telecom.sim.swap"]\nneeds =', "overrides",
        "telecom.sim.swap is protected: nothing overrides it. Remove it from `overrides`.",
    ),
    (
        "R13", "sim", SIM, "guards =", 'scope = ["caller.verified is yes"]\nguards =', "scope",
        "What stands behind a guard is for everybody: remove `scope` or `guards`.",
    ),
    (
        "R13", "sim", SIM, 'guards = ["sim", "unverified", "third_party"]',
        'scope = ["customer.tier is gold"]', "scope",
        "A protected rule may not read customer.tier: what a customer is worth proves nothing.",
    ),
    (
        "R13", "sim", SIM, '"caller.verified is yes", ', "", "when =",
        'This stands before unverified callers: add "caller.verified is yes" to its proof.',
    ),
    (
        "R7", "breakfast", BREAKFAST, "hotel.hour >= 12", "told.anniversary is yes", "when =",
        "told.anniversary is only ever told unasked, so no policy may read it: only wow.toml may.",
    ),
    (
        "R7", "facts", FACTS + TOLD, "volunteered = true\n", "", 'key = "told',
        "told.anniversary needs `ask`, the sentence that obtains it.",
    ),
    (
        "R7", "facts", FACTS, 'values = ["basic", "gold"]', 'values = ["basic", "gold", "gold"]',
        'key = "customer.tier"', "customer.tier lists a value twice: remove one.",
    ),
    (
        "R7", "fee", FEE, 'action = "fee_refund"\n', "", "amount",
        "Name the `action` that signs bank.fee.",
    ),
    (
        "R18", "fee", FEE, 'action = "fee_refund"', 'action = "fee_refnd"', "action",
        "Nobody may sign fee_refnd in USD: correct it, or add a [[limit]] to authority.toml.",
    ),
    (
        "R18", "facts", FACTS + TOLD, 'currency = "USD"', 'currency = "KRW"', None,
        "Nobody may sign fee_refund in KRW: correct it, or add a [[limit]] to authority.toml.",
    ),
    (
        "R7", "wow", WOW, "told.anniversary", "customer.tier", "volunteered",
        "customer.tier may be asked for: a surprise answers to what is told unasked only.",
    ),
    (
        "R7", "wow", WOW, "told.anniversary", "told.aniversary", "volunteered",
        "There is no fact told.aniversary: did you mean told.anniversary?",
    ),
    (
        "R8", "wow", WOW, "cost =", 'when = ["hotel.hour < 6", "hotel.hour > 6"]\ncost =', "when",
        '"card" can never be reached: its conditions exclude each other.',
    ),
    ("R10", "wow", WOW, "hint =", "hnt =", "hnt =", "There is no key hnt: did you mean hint?"),
    (
        "R18", "wow", WOW, "cost = 300", "cost = 501", "cost",
        '"card" costs 501, more than anybody may spend on surprises (500).',
    ),
    (
        "R19", "wow", WOW, "Put a card", "Unfortunately a card", "hint",
        '"Unfortunately" closes the door: say what we can do instead.',
    ),
    (
        "R19", "wow", WOW, "Put a card to the anniversary in with it.", "", "hint",
        "Write in `hint` what the agent could do.",
    ),
    ("R22", "wow", WOW + WOW, "", "", None, '"card" is used twice: rename one.'),
    (
        "R22", "wording/a", FRAME + FRAME, "", "", None,
        "The sentence safe is written twice: remove one.",
    ),
    ("R21", "wording/a", FRAME, "text =", "text_fr =", "text_fr",
     "Language fr is not supported: write English without a suffix, Korean as _ko."),
    (
        "file", "gold", GOLD, "needs =", 'valid_from = "2026-02-02"\nneeds =', "valid_from",
        "valid_from must be a day without quotes, such as 2026-12-31.",
    ),
    (
        "file", "gold", GOLD, "needs =", "valid_from = 2026-02-02T10:00:00\nneeds =", "valid_from",
        "valid_from must be a day without quotes, such as 2026-12-31.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "name", "text", "old", "new", "words", "sentence"),
    PLANTED,
    ids=[f"{row[0]}-{row[1]}-{number}" for number, row in enumerate(PLANTED)],
)
def test_a_planted_fault_is_named_with_line_and_sentence(
    rule: str, name: str, text: str, old: str, new: str, words: str | None, sentence: str | None
) -> None:
    assert old in text
    changed = text.replace(old, new, 1)
    texts = {"facts": FACTS + TOLD, "gold": GOLD, "wow": WOW, "authority": BUDGET, name: changed}
    found = [fault for fault in told(load(**texts).faults) if fault[0] == rule]
    if sentence is not None:
        found = [fault for fault in found if fault[3] == sentence]
    assert found, told(load(**texts).faults)
    if words is not None:
        assert line_of(changed, words) in [line for _, _, line, _ in found]


def test_a_request_may_not_be_called_like_a_policy_that_answers_another() -> None:
    third = GOLD.replace("hotel.breakfast.gold", "hotel.breakfast.third").replace(
        'request = "hotel.breakfast.late"', 'request = "hotel.breakfast.gold"'
    )
    assert any(
        "hotel.breakfast.gold is the id of a policy that answers hotel.breakfast.late" in sentence
        for _, _, _, sentence in told(load(gold=GOLD, third=third).faults)
    )


def test_a_season_that_overlaps_names_the_day() -> None:
    two = [
        GOLD.replace("hotel.breakfast.gold", f"hotel.breakfast.{name}").replace(
            "needs =", f"valid_from = {day}\nneeds ="
        )
        for name, day in (("spring", "2026-03-01"), ("easter", "2026-04-03"))
    ]
    assert [sentence for rule, _, _, sentence in told(load(one=two[0], two=two[1]).faults)] == [
        "customer.tier gold, 2026-04-03: hotel.breakfast.easter and hotel.breakfast.spring "
        "both speak; name one of them in `overrides` of the other, or narrow a scope."
    ]


def test_an_example_of_another_request_is_named_with_its_twin() -> None:
    changed = BREAKFAST.replace("we missed breakfast", "can you refund the fee")
    fee = FEE.replace('sector = "bank"', 'sector = "common"')
    sentence = (
        '"can you refund the fee" is nearer to bank.fee.refund ("refund the fee") than to its '
        "own examples: reword it, or move it there."
    )
    where = ("R16", "hotel/breakfast.toml", line_of(changed, "can you refund"))
    assert (*where, sentence) in told(load(breakfast=changed, fee=fee).faults)
    assert not load(breakfast=changed).faults  # a bank and a hotel do not share a desk


def test_too_many_scopes_are_refused_at_once() -> None:
    wide = ", ".join(f'"bank.fee is not {n}"' for n in range(1, 3_000, 2))
    gold = GOLD.replace('"customer.tier is gold"', wide)
    crowd = ", ".join(f'"hotel.occupancy_pct is not {n}"' for n in range(1, 99))
    late = BREAKFAST.replace("needs =", f"scope = [{crowd}]\nneeds =")
    began = time.perf_counter()
    found = [fault for fault in told(load(gold=gold, breakfast=late).faults) if fault[0] == "R20"]
    assert time.perf_counter() - began < 6
    assert [sentence for _, _, _, sentence in found]
