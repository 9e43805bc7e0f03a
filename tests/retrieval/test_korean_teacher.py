# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys
import time

import pytest

from agentassist.errors import Cancelled, Unavailable
from agentassist.retrieval import korean_teacher
from agentassist.retrieval.korean_lexicon import KoreanLexicon
from agentassist.retrieval.korean_teacher import Lessons, Morpheme, learn


@pytest.fixture(scope="module")
def lexicon() -> KoreanLexicon:
    return learn(
        ["환불은", "환불", "규정", "규정이", "도와주세요", "돕는", "받으세요", "받나요", "요금제"]
    )


@pytest.mark.parametrize(
    ("word", "morphemes"),
    [
        ("환불을", ("환불",)),
        ("환불규정은", ("환불", "규정")),
        ("도와주세요", ("돕",)),
        ("받나요", ("받",)),
    ],
)
def test_the_analyser_teaches_words_and_their_forms(
    lexicon: KoreanLexicon, word: str, morphemes: tuple[str, ...]
) -> None:
    assert lexicon.read(word).morphemes == morphemes


def test_more_words_than_a_pipe_holds_are_learned() -> None:
    words = [
        f"환불{first}{second}"
        for first in "가나다라마바사아자차" * 4
        for second in "은는이가을를의도만에"
    ]
    assert len("\n".join(words * 20).encode()) > 65_536
    assert learn(words * 20).read("환불").morphemes == ("환불",)


def test_it_can_be_cancelled() -> None:
    begun = time.perf_counter()
    with pytest.raises(Cancelled):
        learn(["환불"] * 1_000_000, lambda: True)
    assert time.perf_counter() - begun < 60


def test_the_analyser_is_never_loaded_here() -> None:
    code = "import sys, agentassist.services.knowledge_index; print('kiwipiepy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_child_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(korean_teacher, "_MODULE", "agentassist.retrieval.no_such_module")
    with pytest.raises(Unavailable, match="no_such_module"):
        learn(["환불"])


def test_without_the_analyser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not korean_teacher.available()
    with pytest.raises(Unavailable, match="korean"):
        learn(["환불"])


def test_lessons_take_the_commonest_reading() -> None:
    lessons = Lessons()
    noun, particle = Morpheme("환불", "NNG", 0, 2), Morpheme("은", "JX", 2, 3)
    lessons.add("환불은", [noun, particle])
    lessons.add("환불", [noun])
    lessons.add("환불", [Morpheme("환", "XR", 0, 1), Morpheme("불", "NNG", 1, 2)])
    assert lessons.lexicon().read("환불은").morphemes == ("환불",)
