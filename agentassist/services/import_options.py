# SPDX-License-Identifier: Apache-2.0
"""What a person may say about a file that is to be imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agentassist.domain.history import Channel
from agentassist.domain.importing import RecordKind
from agentassist.intake.values import DateOrder
from agentassist.services.contact_points import DEFAULT_REGION


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read a file.

    `source` names the system the records come from: files of one system share it, and
    an import that runs again finds its records by it. `columns` maps fields to columns.
    `region` is the country of phone numbers without a country code, `zone` the zone of
    times without one, `currency` that of amounts without one. `format` names a format,
    and is found out where it is empty; `own` are our own addresses and numbers.
    `from_start` reads a file again that was read before, or of which a part was.
    """

    source: str = "import"
    kind: RecordKind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    region: str = DEFAULT_REGION
    currency: str = "USD"
    zone: str = "UTC"
    dates: DateOrder = DateOrder.UNKNOWN
    channel: Channel | None = None
    create_customers: bool = False
    dry_run: bool = False
    format: str = ""
    own: tuple[str, ...] = ()
    from_start: bool = False
