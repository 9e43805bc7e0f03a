# SPDX-License-Identifier: Apache-2.0
"""Takes personal data out of text that is kept or sent to support.

The rule is that log lines carry ids and counts only. This is the net below it: it
knows numbers and addresses by their form, but no name, so the messages of exceptions,
which may quote anything, are left out unless their kind speaks of code alone.
"""

import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from agentassist.errors import Problem

MAX_TEXT = 20_000
_KEPT = (
    r"(?P<kept>"
    r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"  # our own keys
    r"|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?(?:[+-]\d\d:?\d\d)?"  # a moment
    r"|\bcrash-\d{8}-\d{6}-\w{3,6}\.txt\b"  # the name of a crash report
    r")"
)
# Bounded repeats: a long line without any address must not take quadratic time.
_EMAIL = r"(?P<email>[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8})"
# Seven digits or more, with what people write between them: phones, cards, accounts.
_NUMBER = r"(?P<number>\+?\(?\d(?:[^\S\n]?[().\-/·]{0,2}[^\S\n]?\d){6,})"
_PATTERN = re.compile(f"{_KEPT}|{_EMAIL}|{_NUMBER}")
_SPEAKS_OF_CODE = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
_MAX_CHAIN = 10


def redact(text: str) -> str:
    """Return `text` without e-mail addresses, numbers of seven digits and the home folder.

    Keys of ours and moments in time stay. What is beyond 20,000 characters is not kept.
    """
    cut = text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]} [cut off]"
    return _PATTERN.sub(_replacement, cut.replace(str(Path.home()), "~"))


def describe(error: BaseException) -> str:
    """Return the traceback of an error and of its causes, redacted.

    Of the messages only those stay that cannot quote a customer: the templates of our
    own errors, the reason of a system error, and what Python says about code.
    """
    parts = [_one(link) for link in _chain(error)]
    return redact("\nfrom which came\n".join(reversed(parts)))


def _replacement(match: "re.Match[str]") -> str:
    if match["kept"]:
        return match["kept"]
    return "[e-mail]" if match["email"] else "[number]"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, then what it came from, each once."""
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen and len(seen) < _MAX_CHAIN:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _one(error: BaseException) -> str:
    frames = traceback.format_list(traceback.extract_tb(error.__traceback__, limit=-50))
    message = _message(error)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    inner = [f"  with {type(e).__qualname__}\n" for e in getattr(error, "exceptions", ())][:10]
    return "".join([*frames, kind, f": {message}" if message else "", "\n", *inner])


def _message(error: BaseException) -> str:
    if isinstance(error, Problem):
        return error.template
    if isinstance(error, OSError):
        return error.strerror or ""
    return str(error) if isinstance(error, _SPEAKS_OF_CODE) else ""
