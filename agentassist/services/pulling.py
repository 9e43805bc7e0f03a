# SPDX-License-Identifier: Apache-2.0
"""Ask a live system what has changed, store it page by page, and remember where to go on.

Nothing is asked unless an administrator named the system in the setting `pull_from`. A page is
stored before its cursor is: a pull that is stopped asks for that page again, and stores nothing
twice, because every record has the key that its system gave it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from agentassist.credentials import Credentials
from agentassist.domain.importing import ImportReport, Progress, RecordKind
from agentassist.errors import BadInput, Unavailable, UserError
from agentassist.intake.freshdesk import FreshdeskSystem
from agentassist.intake.hubspot import HubSpotSystem
from agentassist.intake.intercom import IntercomSystem
from agentassist.intake.rest import Patience, Rest, checked_address
from agentassist.intake.systems import Page, System, page_parts
from agentassist.intake.zendesk import ZendeskSystem
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.database import Database
from agentassist.storage.pulls import Pulls

SYSTEMS: Mapping[str, Callable[[], System]] = MappingProxyType(
    {
        "zendesk": ZendeskSystem,
        "freshdesk": FreshdeskSystem,
        "intercom": IntercomSystem,
        "hubspot": HubSpotSystem,
    }
)


@dataclass(frozen=True, slots=True)
class Origin:
    """A live system and its address."""

    system: str
    address: str

    @property
    def secret(self) -> str:
        """The name under which the token is kept in the keyring."""
        return f"{self.system} token for {self.address}"


def allowed(pull_from: Iterable[str], system: str, address: str = "") -> Origin:
    """Return the origin that the setting names for `system`, at `address` when there are several.

    Raises:
        UserError: there is no such system, or nobody allowed it.
    """
    if system not in SYSTEMS:
        raise UserError(
            'There is no system "{system}": use one of {known}.',
            system=system[:40],
            known=", ".join(SYSTEMS),
        )
    pairs = [entry.partition("=") for entry in pull_from]
    named = [checked_address(url) for name, _, url in pairs if name.strip() == system]
    wanted = [item for item in named if not address or item == checked_address(address)]
    if len(wanted) != 1:
        raise _not_allowed(system, named, address)
    return Origin(system, wanted[0])


def keep_token(credentials: Credentials, origin: Origin, token: str) -> None:
    """Keep a token in the keyring; raises KeyringUnavailable."""
    credentials.set(origin.secret, token.strip())


class Puller:
    """Pulls from live systems into one database.

    `progress` is called after each page, `cancelled` is asked before each request; when it
    says so, Cancelled is raised and what was stored stays.
    """

    def __init__(
        self,
        database: Database,
        credentials: Credentials,
        *,
        patience: Patience | None = None,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._database = database
        self._credentials = credentials
        self._patience = patience
        self._progress = progress
        self._cancelled = cancelled

    def run(
        self, origin: Origin, options: ImportOptions, *, again: bool = False
    ) -> tuple[ImportReport, ...]:
        """Store what has changed since the last time, everything when it is asked `again`.

        Raises:
            UserError: there is no token, or it is refused.
            Unavailable: the system or the keyring does not answer.
            Cancelled: the person stopped it.
        """
        system = SYSTEMS[origin.system]()
        token = self._token(origin, system)
        cursor = {} if again else self._cursor(origin)
        rest = Rest(
            origin.address,
            system.authorization(token),
            headers=system.headers,
            patience=self._patience,
            cancelled=self._cancelled,
        )
        reports: dict[RecordKind, ImportReport] = {}
        with rest:
            try:
                for page in system.pages(rest, cursor):
                    self._store(origin, system, page, options, reports)
            except BadInput as error:
                raise _undocumented(origin, error) from error
        return tuple(reports.values())

    def _store(
        self,
        origin: Origin,
        system: System,
        page: Page,
        options: ImportOptions,
        reports: dict[RecordKind, ImportReport],
    ) -> None:
        importer = Importer(self._database, cancelled=self._cancelled)
        for report in importer.take(origin.address, page_parts(system.reader, page), options):
            reports[report.kind] = _sum(reports.get(report.kind), report)
        if not options.dry_run:
            with self._database.transaction() as connection:
                Pulls(connection).save(origin.system, origin.address, page.cursor)
        rows = sum(report.rows for report in reports.values())
        self._progress(Progress(origin.address, rows))

    def _token(self, origin: Origin, system: System) -> str:
        token = self._credentials.get(origin.secret)
        if not token:
            raise UserError(
                "There is no token for {address}: store one with"
                " agentassist interactions token {system}. It looks like {form}.",
                address=origin.address,
                system=origin.system,
                form=system.token_form,
            )
        return token

    def _cursor(self, origin: Origin) -> Mapping[str, str]:
        with self._database.reading() as connection:
            return Pulls(connection).cursor(origin.system, origin.address)


def _sum(before: ImportReport | None, report: ImportReport) -> ImportReport:
    """Add up the pages of one kind."""
    if before is None:
        return report
    counts = ("new", "updated", "unchanged", "linked", "unlinked", "redacted")
    added = before.plus(**{name: getattr(report, name) for name in counts})
    told = added.with_faults(report.faults)
    return replace(told, skipped=before.skipped + report.skipped)


def _not_allowed(system: str, named: list[str], address: str) -> UserError:
    if len(named) > 1 and not address:
        known = ", ".join(named)
        return UserError("There are several: add --url with one of {known}.", known=known)
    return UserError(
        "Nobody allowed this: an administrator sets pull_from ="
        ' ["{system}={address}"] in the settings.',
        system=system,
        address=address or "https://…",
    )


def _undocumented(origin: Origin, error: BadInput) -> Unavailable:
    return Unavailable(
        "{address} answers with something else than its documentation says ({field}: {why}).",
        address=origin.address,
        field=error.place.field,
        why=error.template.format(**error.values),
    )
