# SPDX-License-Identifier: Apache-2.0
"""Every error has one of three fates; anything else is a bug.

Problem
|-- UserError      told to the person, inline, with what to do next
|   |-- BadInput       a file or field is wrong: knows file, line and field
|   `-- NewerData      the database or index was written by a newer version
|-- Unavailable    a part is down: status chip, degraded mode, retry
`-- Cancelled      the person stopped it: nothing is shown
"""

from dataclasses import dataclass


class Problem(Exception):
    """A message template in English and the values that fill it.

    The interface translates `template` and fills in `values`; `str()` is the
    English sentence, for the command line and for tests.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


class UserError(Problem):
    """Something the person can mend; the sentence says how."""


class NewerData(UserError):
    """Stored data is of a newer version of the program."""


class Unavailable(Problem):
    """A part does not answer now; work goes on without it."""


class Cancelled(Problem):
    """The person stopped the work."""

    def __init__(self) -> None:
        super().__init__("Stopped.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a fault stands. `line` counts from 1; 0 means the whole file."""

    file: str
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        field = f" [{self.field}]" if self.field else ""
        return f"{self.file}{line}{field}"


class BadInput(UserError):
    """A fault in a file or a field, with its place."""

    def __init__(self, place: Place, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}"
