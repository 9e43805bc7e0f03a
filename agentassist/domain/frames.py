# SPDX-License-Identifier: Apache-2.0
"""The sentences that verdicts are spoken in, by name, and the built-in one of each name.

A file under wording/ replaces a sentence by its name. The names in braces are filled in:
`{first}` and `{second}` are offers or safe paths, `{question}` asks for a fact.
"""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType

from agentassist.domain.facts import Text

FRAMES: Mapping[str, Text] = MappingProxyType(
    {
        # calm
        "offer_one": Text("I can offer you {first}.", "지금 해 드릴 수 있는 것은 {first}입니다."),
        "offer_two": Text(
            "I can offer you {first}, or {second}.",
            "지금 해 드릴 수 있는 것은 {first} 또는 {second}입니다.",
        ),
        "safe": Text("The safe way: {first}.", "안전한 방법은 {first}입니다."),
        "ask": Text("{question}", "{question}"),
        "signed": Text("My lead signs it now.", "책임자가 바로 승인해 드립니다."),
        # hurried: the deed first, and nothing but it
        "hurried_offer_one": Text("I can do this: {first}. Shall I?", "{first}, 진행해 드릴까요?"),
        "hurried_offer_two": Text(
            "Two ways: {first}, or {second}. Which one?",
            "{first} 또는 {second}, 어느 쪽으로 해 드릴까요?",
        ),
        "hurried_safe": Text("Soonest: {first}.", "가장 빠른 방법은 {first}입니다."),
        "hurried_ask": Text("{question}", "{question}"),
        "hurried_signed": Text("My lead signs now.", "책임자가 바로 승인합니다."),
        # upset: the feeling first, then the answer
        "feeling_yes": Text(
            "I understand, and I can put this right.",
            "많이 불편하셨겠습니다. 제가 도와드리겠습니다.",
        ),
        "feeling_offer": Text("I understand how disappointing this is.", "많이 아쉬우셨겠습니다."),
        "feeling_safe": Text(
            "I can hear how upsetting this is.", "속상하신 마음 충분히 이해합니다."
        ),
        "feeling_ask": Text(
            "I understand, and I want to get this right.",
            "불편하셨겠습니다. 제대로 도와드리고 싶습니다.",
        ),
        "feeling_short": Text("I hear you.", "그 마음 이해합니다."),
    }
)


def gaps(sentence: str) -> frozenset[str]:
    """Return the names in braces; what is no plain name (`{`, `{a.b}`, `{a!r}`) is a "?"."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return frozenset({"?"})
    bare = all(not spec and not turn for _, field, spec, turn in parts if field is not None)
    found = frozenset(field for _, field, _, _ in parts if field is not None)
    return found if bare else frozenset({"?"})


def frame(frames: Mapping[str, Text], name: str, language: str, **values: str) -> str:
    """Return a sentence with its gaps filled; the built-in one stands in for one not given."""
    return frames.get(name, FRAMES[name]).say(language).format(**values)
