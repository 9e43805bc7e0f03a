# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.cti import call_script
from agentassist.cti.call_script import CallScript, EventStep, SpokenStep
from agentassist.domain.call import CallEventKind, Speaker
from agentassist.errors import BadInput
from agentassist.places import resource

HEAD = '[call]\nfrom = "+15550100"\ntitle = "Where is it?"\n'
RING = '[[step]]\nafter = 0.5\nevent = "newCall"\n'


def parse(text: str) -> CallScript:
    return call_script.parse(text, "call.toml")


def test_a_whole_script() -> None:
    script = parse(
        HEAD
        + 'queue = "orders"\nlanguage = "ko"\nto = "+15550199"\n'
        + RING
        + '[[step]]\nafter = 2\nspeaker = "customer"\ntext = "안녕하세요"\n'
        + '[[step]]\nevent = "hangup"\n'
    )
    assert (script.title, script.remote, script.local) == (
        "Where is it?",
        "+15550100",
        "+15550199",
    )
    assert (script.queue, script.language) == ("orders", "ko")
    assert script.steps == (
        EventStep(0.5, CallEventKind.RINGING),
        SpokenStep(2.0, Speaker.CUSTOMER, "안녕하세요"),
        EventStep(0.0, CallEventKind.ENDED),
    )


def test_a_script_may_come_with_what_a_bot_learnt() -> None:
    context = '[context]\nintent = "return_order"\ntried = ["a", "b"]\npin = "1"\n'
    assert parse(HEAD + context + RING).context == {"intent": "return_order", "tried": "a\nb"}
    assert parse(HEAD + RING).context == {}


@pytest.mark.parametrize(
    ("text", "line", "field", "sentence"),
    [
        ("context = 5\n" + HEAD + RING, 1, "context", "table of names"),
        (HEAD + "[context]\nintent = 5\n" + RING, 5, "intent", "Give a text"),
        (HEAD + "[context]\ntried = [5]\n" + RING, 5, "tried", "Give a text"),
        ("", 1, "", "Begin the script"),
        ("[call\n", 1, "", "not TOML"),
        ('[call]\ntitle = "a"\nfrom = 5\n' + RING, 3, "from", "Give a text"),
        ("[call]\n" + RING, 1, "title", "a title"),
        ('colour = 1\n[call]\ntitle = "a"\n' + RING, 1, "colour", "Unknown key"),
        (HEAD + 'form = "1"\n' + RING, 4, "form", "Unknown key"),
        (HEAD, 0, "step", "at least one"),
        (HEAD + "step = 5\n", 4, "step", "Unknown key"),
        (HEAD + '[[step]]\nspeaker = "agent"\ntext = "Hi"\n', 4, "event", "first step"),
        (HEAD + '[[step]]\nevent = "answer"\n', 5, "event", "first step"),
        (HEAD + RING + RING, 9, "event", "newCall over answer to hangup"),
        (HEAD + RING + "[[step]]\n", 7, "speaker", "customer or agent"),
        (HEAD + RING + '[[step]]\nspeaker = "bot"\n', 8, "speaker", "customer or agent"),
        (HEAD + RING + '[[step]]\nspeaker = "agent"\n', 7, "text", "Write what is said"),
        (HEAD + RING + '[[step]]\nevent = "dtmf"\n', 8, "event", "newCall, answer or hangup"),
        (HEAD + RING + '[[step]]\nevent = "answer"\ntext = "a"\n', 8, "event", "not both"),
        (HEAD + '[[step]]\nafter = -1\nevent = "newCall"\n', 5, "after", "from 0 to 3600"),
        (HEAD + '[[step]]\nafter = nan\nevent = "newCall"\n', 5, "after", "from 0 to 3600"),
        (HEAD + '[[step]]\nafter = true\nevent = "newCall"\n', 5, "after", "from 0 to 3600"),
        (HEAD + '[[step]]\nafter = "1"\nevent = "newCall"\n', 5, "after", "from 0 to 3600"),
        (
            HEAD + RING + f'[[step]]\nspeaker = "agent"\ntext = "{"a" * 2001}"\n',
            9,
            "text",
            "at most 2000",
        ),
    ],
)
def test_faults_are_named_with_their_place(text: str, line: int, field: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as caught:
        parse(text)
    assert (caught.value.place.file, caught.value.place.line) == ("call.toml", line)
    assert caught.value.place.field == field


def test_a_missing_a_huge_and_a_binary_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        call_script.load(tmp_path / "none.toml")
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (call_script.MAX_BYTES + 1))
    with pytest.raises(BadInput, match="at most"):
        call_script.load(huge)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'[call]\ntitle = "caf\xe9"\n')
    with pytest.raises(BadInput, match=r"latin\.toml:2: Save the file as UTF-8"):
        call_script.load(latin)


def test_deep_nesting_is_bad_input() -> None:
    with pytest.raises(BadInput):
        parse("a = " + "[" * 50_000)


@given(st.text(max_size=300))
def test_any_text_is_a_script_or_bad_input(text: str) -> None:
    for document in (text, HEAD + RING + text, HEAD + text + RING):
        try:
            parse(document)
        except BadInput as error:
            assert str(error)  # noqa: PT017 - the sentence must be complete, whatever the fault


@pytest.mark.parametrize(
    "path", sorted(resource("call_scripts").glob("*.toml")), ids=lambda p: p.stem
)
def test_the_scripts_that_ship(path: Path) -> None:
    script = call_script.load(path)
    assert script.language in {"en", "ko"}
    kinds = [step.kind for step in script.steps if isinstance(step, EventStep)]
    assert kinds == list(CallEventKind)
    assert {step.speaker for step in script.steps if isinstance(step, SpokenStep)} == set(Speaker)


def test_some_scripts_ship_in_each_language() -> None:
    found = [call_script.load(p).language for p in resource("call_scripts").glob("*.toml")]
    assert set(found) == {"en", "ko"}
