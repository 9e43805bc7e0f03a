# SPDX-License-Identifier: Apache-2.0
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.errors import BadInput
from agentassist.intake.policy_faults import PolicyFault
from agentassist.intake.policy_files import LARGEST_BYTES, load_folders, load_texts
from tests.policy_samples import AUTHORITY, BREAKFAST, FACTS, FEE, SIM, files, good, load


def test_the_sample_files_are_sound() -> None:
    bundle = good()
    assert sorted(bundle.policies) == [
        "bank.fee.refund",
        "hotel.breakfast.late",
        "telecom.sim.swap",
    ]


def planted(name: str, text: str, old: str, new: str) -> tuple[PolicyFault, ...]:
    assert old in text
    return load(**{name: text.replace(old, new, 1)}).faults


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


FIRESIDE_AND_ROOM = BREAKFAST[
    BREAKFAST.index("  [[decline.alternative]]") : BREAKFAST.index("[[test]]")
]
TEST = BREAKFAST[BREAKFAST.index("[[test]]") :]

# rule, file, text of the file, what is replaced, by what, words on the line, sentence
FAULTS = [
    (
        "R1", "breakfast", BREAKFAST, FIRESIDE_AND_ROOM, "", "[[decline]]",
        'Decline "lunch_setup" has no alternative: add a [[decline.alternative]].',
    ),
    (
        "R2", "breakfast", BREAKFAST,
        '  id = "room_service"', '  id = "room_service"\n  when = ["hotel.occupancy_pct < 50"]',
        "[[decline]]",
        "hotel.hour 12, hotel.occupancy_pct 95: no alternative left. "
        "Add one without `when`, or widen one.",
    ),
    (
        "R3", "breakfast", BREAKFAST,
        'owner = "us"\n  cost', 'owner = "customer"\n  cost', "[[decline]]",
        "hotel.hour 12, hotel.occupancy_pct 95: only the customer would have to act. "
        "Add an alternative that we own.",
    ),
    (
        "R3", "fee", FEE, 'owner = "us"', 'owner = "customer"', "[[decline]]",
        'Every alternative of "above" is left to the customer: add one that we own.',
    ),
    (
        "R4", "breakfast", BREAKFAST,
        "breakfast brought to your room", "sorry, see the website", 'offer = "sorry',
        '"sorry, see the website" offers nothing: name what the customer gets.',
    ),
    (
        "R4", "breakfast", BREAKFAST,
        "객실로 가져다 드리는 조식", "홈페이지를 확인", 'offer_ko = "홈',
        '"홈페이지를 확인" offers nothing: name what the customer gets.',
    ),
    (
        "R5", "fee", FEE, 'delivers = ["money_back"]', 'delivers = ["a_smile"]', "delivers",
        'Alternative "part" meets none of the needs (money_back).',
    ),
    (
        "R6", "fee", FEE, "  within_hours = 1\n", "", "[[decline.alternative]]",
        "within_hours is missing here: add it.",
    ),
    (
        "R6", "fee", FEE, "within_hours = 1", "within_hours = 169", "within_hours",
        '"part" comes within 169 hours: write 0 to 168 (a week).',
    ),
    (
        "R7", "breakfast", BREAKFAST, "hotel.hour >=", "hotel.hours >=", "when",
        "There is no fact hotel.hours: did you mean hotel.hour?",
    ),
    (
        "R7", "breakfast", BREAKFAST, "hotel.hour >= 12", "hotel.hour >= 24", "when",
        "24 is not a value of hotel.hour: write 0 to 23.",
    ),
    (
        "R7", "breakfast", BREAKFAST, "hotel.hour >= 12", "hotel.hour >= noon", "when",
        "noon is not a value of hotel.hour: write 0 to 23.",
    ),
    (
        "R7", "breakfast", BREAKFAST, "hotel.occupancy_pct < 95", "caller.verified < yes",
        'when = ["caller',
        "caller.verified has no order, so < does not fit: use is, is not, in or not in.",
    ),
    (
        "R7", "breakfast", BREAKFAST, '"hotel.hour" = 14', '"hotel.hour" = 99', "facts =",
        "99 is not a value of hotel.hour: write 0 to 23.",
    ),
    (
        "R7", "fee", FEE, 'amount = "bank.fee"', 'amount = "hotel.hour"', "amount",
        "amount must name a money fact: hotel.hour is none.",
    ),
    (
        "R7", "facts", FACTS, "min = 0\nmax = 23", "min = 23\nmax = 0", "key",
        "hotel.hour needs min and max, the smaller first.",
    ),
    (
        "R8", "breakfast", BREAKFAST, '["hotel.hour >= 12"]',
        '["hotel.hour >= 12", "hotel.hour < 12"]', "[[decline]]",
        '"lunch_setup" can never be reached: its conditions exclude each other.',
    ),
    (
        "R8", "breakfast", BREAKFAST, '["hotel.occupancy_pct < 95"]', '["hotel.hour < 6"]',
        "  [[decline.alternative]]",
        '"fireside" can never be reached: its conditions exclude each other.',
    ),
    (
        "R8", "sim", SIM, '"caller.pin_ok is yes"', '"caller.verified is no"',
        'when = ["caller.verified is yes", "caller.verified',
        "This `allow` can never be met: its conditions exclude each other.",
    ),
    (
        "R9", "breakfast", BREAKFAST, "hotel.hour >= 12", "hotel.hour >= 0", "id = ",
        "This policy never says yes: narrow a decline.",
    ),
    (
        "R10", "breakfast", BREAKFAST, "reason =", "raeson =", "raeson",
        "There is no key raeson: did you mean reason?",
    ),
    (
        "R10", "breakfast", BREAKFAST, 'sector = "hotel"', 'sector = "hotel"\nzzz = 1', "zzz",
        "There is no key zzz here: remove it.",
    ),
    (
        "R11", "breakfast", BREAKFAST, TEST, "", "id = ",
        "Add at least one [[test]]: a policy without a test stays out.",
    ),
    (
        "R11", "breakfast", BREAKFAST, 'expect = "decline"', 'expect = "yes"', "[[test]]",
        'Test 1 expects "yes" with room_service, but the policy says "decline" with room_service.',
    ),
    (
        "R11", "breakfast", BREAKFAST, '["room_service"]', '["fireside"]', "[[test]]",
        'Test 1 expects "decline" with fireside, but the policy says "decline" with room_service.',
    ),
    (
        "R11", "breakfast", BREAKFAST, TEST,
        '[[test]]\nfacts = {"hotel.hour" = 8}\nexpect = "yes"\n',
        "[[decline]]", 'No test fires "lunch_setup": add a [[test]] for it.',
    ),
    (
        "R11", "sim", SIM, SIM[SIM.index("[[test]]") :],
        '[[test]]\nfacts = {}\nexpect = "refuse"\n',
        "[[allow]]", 'No test fires "allow 1": add a [[test]] for it.',
    ),
    (
        "R12", "sim", SIM, "[[allow]]", '[[decline]]\nid = "x"\n[[allow]]', "[[decline]]",
        "A protected policy has no declines: it refuses unless an [[allow]] is proven.",
    ),
    (
        "R13", "sim", SIM, '["caller.verified is yes", "caller.pin_ok is yes"]', "[]", "when = []",
        "This `allow` is true for everybody: name the facts to prove.",
    ),
    (
        "R13", "sim", SIM, '["caller.verified is yes", "caller.pin_ok is yes"]',
        '["caller.verified in yes, no"]', "when = [",
        "This `allow` is true for everybody: name the facts to prove.",
    ),
    (
        "R13", "sim", SIM, '"caller.pin_ok is yes"', '"customer.tier is gold"', "when = [",
        "A protected rule may not read customer.tier: what a customer is worth proves nothing.",
    ),
    (
        "R13", "sim", SIM, '"unverified", "third_party"', '"unverified"', None,
        'No protected policy stands behind this: add one with guards = ["third_party"].',
    ),
    (
        "R14", "sim", SIM, 'protected = "security"', 'protected = "safety"', "exception",
        "There is no exception on safety: remove this line.",
    ),
    (
        "R15", "sim", SIM, 'act = ["activate", "swap", "move"]\n', "", "id = ",
        "A protected policy needs act: add it.",
    ),
    (
        "R15", "sim", SIM, 'object = ["sim", "esim"]\n', "", "id = ",
        "A protected policy needs object: add it.",
    ),
    (
        "R15", "sim", SIM, SIM[SIM.index("[[safe_path]]") : SIM.index("[[test]]")], "", "id = ",
        "A protected policy needs safe_path: add it.",
    ),
    (
        "R16", "fee", FEE, '"waive it", ', "", "examples",
        "examples has 4 different sentences: write at least 5.",
    ),
    (
        "R16", "fee", FEE, '"when is it booked", ', "", "counter",
        "counter has 2 different sentences: write at least 3.",
    ),
    (
        "R16", "breakfast", BREAKFAST, '"늦잠을 잤어요", ', "", "examples_ko",
        "examples_ko has 4 different sentences: write at least 5.",
    ),
    (
        "R16", "fee", FEE.replace('sector = "bank"', 'sector = "common"'), '"waive it"',
        '"Swap my  SIM"', None, '"swap my SIM" is an example of bank.fee.refund too: '
        "keep it in one of them.",
    ),
    (
        "R18", "breakfast", BREAKFAST, "cost = 500", "cost = 1501", "cost",
        'Alternative "room_service" costs 1501, more than anybody may give away (1500).',
    ),
    (
        "R18", "fee", FEE, "bank.fee > 6000", "bank.fee > 6001", "amount",
        "bank.fee 6001 USD: yes, but nobody may sign that much. "
        "Add a decline above the highest limit.",
    ),
    (
        "R19", "breakfast", BREAKFAST, "The dining room is", "Unfortunately the dining room is",
        "reason", '"Unfortunately" closes the door: say what we can do instead.',
    ),
    (
        "R19", "fee", FEE, "A courtesy covers up to 60.00", " ".join(["word"] * 31), "[[decline]]",
        'Too long to say (38 words, at most 35): "I can offer you 60.00 back today. '
        f'{" ".join(["word"] * 31)}."',
    ),
    (
        "R21", "breakfast", BREAKFAST, "reason_ko", "reason_fr", "reason_fr",
        "Language fr is not supported: write English without a suffix, Korean as _ko.",
    ),
    (
        "R22", "breakfast", BREAKFAST, '  id = "room_service"', '  id = "fireside"',
        '  id = "fireside"\n  offer = "breakfast',
        '"fireside" is used twice in this policy: rename one.',
    ),
    (
        "R22", "facts", FACTS, 'key = "hotel.occupancy_pct"', 'key = "hotel.hour"',
        'key = "hotel.hour"\ntype = "int"\nmin = 0\nmax = 100',
        "hotel.hour is declared twice: remove one.",
    ),
    (
        "R22", "fee", FEE, "bank.fee.refund", "hotel.breakfast.late", None,
        "hotel.breakfast.late is the id of bank/fee.toml too: rename one.",
    ),
    (
        "file", "breakfast", BREAKFAST, 'sector = "hotel"', 'sector = "zoo"', "sector",
        "sector must be 'retail', 'hotel', 'telecom', 'bank' or 'common'.",
    ),
    (
        "file", "fee", FEE, "within_hours = 1", 'within_hours = "soon"', "within_hours",
        "within_hours must be a whole number without quotes.",
    ),
    (
        "file", "fee", FEE, 'title = "Refund of a fee"\n', "", "id = ",
        "title is missing here: add it.",
    ),
    (
        "file", "fee", FEE, 'title = "Refund of a fee"', "title = Refund", "title = Refund",
        "This is not TOML: Invalid value. Mend this line.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "name", "text", "old", "new", "words", "sentence"),
    FAULTS,
    ids=[f"{row[0]}-{row[1]}-{number}" for number, row in enumerate(FAULTS)],
)
def test_a_planted_fault_is_named_with_file_line_and_sentence(
    rule: str, name: str, text: str, old: str, new: str, words: str | None, sentence: str
) -> None:
    assert old in text
    changed = text.replace(old, new, 1)
    faults = load(**{name: changed}).faults
    found = [f for f in faults if f.rule == rule and f.template.format(**f.values) == sentence]
    assert found, [(fault.rule, str(fault)) for fault in faults]
    if words is not None:
        homes = {home.split("/")[-1]: home for home in files()}
        assert found[0].place.file == homes[f"{name}.toml"]
        assert found[0].place.line == line_of(changed, words)
        assert str(found[0]).startswith(f"{found[0].place.file}:{found[0].place.line}")


def test_too_many_cases_are_refused() -> None:
    many = ", ".join(f'"hotel.occupancy_pct is not {n}"' for n in range(1, 100))
    hours = ", ".join(f'"hotel.hour is not {n}"' for n in range(1, 12))
    text = BREAKFAST.replace('["hotel.hour >= 12"]', f'["hotel.hour >= 12", {many}, {hours}]')
    money = ", ".join(f'"bank.fee is not {n}"' for n in range(1, 400, 2))
    faults = load(
        breakfast=text.replace('"hotel.hour >= 12", ', f'"hotel.hour >= 12", {money}, ')
    ).faults
    (fault,) = [fault for fault in faults if fault.rule == "R20"]
    assert "more than can be proven (200000 cases at most): split it in two" in str(fault)


def test_all_faults_of_all_files_are_told_at_once() -> None:
    faults = load(
        breakfast=BREAKFAST.replace("hotel.hour >= 12", "hotel.hour > noon"),
        fee=FEE.replace("within_hours = 1", "within_hours = 500"),
    ).faults
    assert {fault.place.file for fault in faults} == {"hotel/breakfast.toml", "bank/fee.toml"}


def test_the_order_of_files_and_their_comments_do_not_change_the_bundle() -> None:
    texts = files()
    turned = dict(reversed(texts.items()))
    turned["bank/fee.toml"] = "# a comment\n\n" + turned["bank/fee.toml"]
    other = load_texts(turned).bundle
    assert other is not None
    assert other.digest == good().digest
    assert good(breakfast=BREAKFAST.replace("12", "13")).digest != other.digest


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 500 + "]" * 500,
        "x = " + "{a=" * 500 + "1" + "}" * 500,
        "[" + ".".join("a" * 600) + "]",
        '"""' * 4_001,
        "[[[[[[",
        "x = {a = 1, ]",
        "id = 1\nid = 2",
        "\x00",
        "= = =",
        "[a\nb]",
        "x = [1,\n2",
    ],
)
def test_hostile_toml_is_a_fault_at_once(text: str) -> None:
    began = time.perf_counter()
    loaded = load(evil=text)
    assert loaded.bundle is None
    assert any(fault.place.file == "evil.toml" for fault in loaded.faults)
    assert time.perf_counter() - began < 2


@settings(max_examples=150)
@given(st.text(alphabet="[]{}=\"'#.,\n ab1_\\한", max_size=120))
def test_whatever_is_in_a_file_only_faults_come_out(text: str) -> None:
    loaded = load_texts({"facts.toml": FACTS, "some.toml": text})
    assert loaded.bundle is not None or loaded.faults
    assert all(isinstance(fault, BadInput) for fault in loaded.faults)
    assert all(str(fault) for fault in loaded.faults)


def written(folder: Path) -> Path:
    for name, text in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_with_what_is_below_it(tmp_path: Path) -> None:
    loaded = load_folders([written(tmp_path)])
    assert loaded.bundle is not None
    assert loaded.bundle.digest == good().digest
    assert sorted(loaded.files) == sorted(files())


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(tmp_path: Path) -> None:
    folder = written(tmp_path)
    text = "\ufeff" + BREAKFAST.replace("\n", "\r\n")
    (folder / "hotel/breakfast.toml").write_bytes(text.encode())
    loaded = load_folders([folder])
    assert loaded.bundle is not None
    assert loaded.bundle.digest == good().digest


def test_a_second_folder_adds_policies_and_replaces_authority(tmp_path: Path) -> None:
    ours = written(tmp_path / "ours")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    signed = 'action = "fee_refund"'
    authority = AUTHORITY.replace("USD", "EUR").replace(signed, f'{signed}\ncurrency = "USD"')
    (theirs / "authority.toml").write_text(authority, encoding="utf-8")
    extra = FEE.replace("bank.fee.refund", "bank.fee.other").replace(
        FEE[FEE.index("examples") : FEE.index("counter")],
        'examples = ["one thing", "two things", "three things", "four things", "five things"]\n',
    )
    (theirs / "other.toml").write_text(extra, encoding="utf-8")
    loaded = load_folders([ours, theirs])
    assert loaded.bundle is not None, [str(fault) for fault in loaded.faults]
    assert loaded.bundle.authority.currency == "EUR"
    assert "bank.fee.other" in loaded.bundle.policies
    assert "theirs/other.toml" in loaded.files


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "big.toml").write_text("#" * (LARGEST_BYTES + 1), encoding="utf-8")
    loaded = load_folders([folder])
    assert loaded.bundle is None
    assert [str(fault) for fault in loaded.faults] == [
        "big.toml: This file is larger than 256 KB: one policy is one page."
    ]


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "korean.toml").write_bytes("a = 1\nb = '조식'\n".encode("euc-kr"))
    assert "korean.toml:2: Save this file as UTF-8." in map(str, load_folders([folder]).faults)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (fault,) = load_folders([tmp_path / "nowhere"]).faults
    assert "There is no folder" in str(fault)


def test_an_empty_folder_is_an_empty_bundle(tmp_path: Path) -> None:
    loaded = load_folders([tmp_path])
    assert loaded.bundle is not None
    assert not loaded.bundle.policies
