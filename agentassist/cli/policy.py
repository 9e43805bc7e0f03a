# SPDX-License-Identifier: Apache-2.0
"""`agentassist policy`: check policy files, and try them on facts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli import policy_audit, policy_lab, policy_past
from agentassist.cli.context import AsJson, fail, guarded, print_json, print_table
from agentassist.errors import BadInput, Place, UserError

if TYPE_CHECKING:
    from agentassist.domain.verdict import Verdict
    from agentassist.services.policy_check import Tried

app = typer.Typer(help="Check policy files, and try them on facts.", no_args_is_help=True)

app.command("replay")(policy_audit.replay)
app.command("overrides")(policy_audit.overrides)
policy_lab.register(app)
policy_past.register(app)

_CASE_BYTES = 1_000_000

Folder = Annotated[
    Path | None,
    typer.Option("--policies", help="Folder of policy files; default: those in use."),
]


@app.command("check")
@guarded
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder of policy files; default: those in use.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove the policies of FOLDER. Each fault comes with file, line and what to do."""
    # pydantic takes a tenth of a second, and `--help` does not need it.
    from agentassist.services import policy_check  # noqa: PLC0415

    folder = _folder(folder)
    loaded = policy_check.check(folder)
    faults = [
        {
            "rule": fault.rule,
            "file": fault.place.file,
            "line": fault.place.line,
            "field": fault.place.field,
            "sentence": fault.template.format(**fault.values),
        }
        for fault in loaded.faults
    ]
    policies = len(loaded.bundle.policies) if loaded.bundle else 0
    digest = loaded.bundle.digest if loaded.bundle else ""
    if as_json:
        found = {"ok": not faults, "folder": str(folder), "policies": policies, "bundle": digest}
        print_json({**found, "faults": faults})
    elif faults:
        print_table(
            ("Where", "Rule", "What to do"),
            [(f"{x['file']}:{x['line']}", x["rule"], x["sentence"]) for x in faults],
        )
    else:
        typer.echo(f"{policies} policies are sound (bundle {digest[:12]}) in {folder}.")
    if faults:
        raise typer.Exit(1)


@app.command("decide")
@guarded
def decide(
    policy: Annotated[str, typer.Option("--policy", help="Id of the policy.")] = "",
    fact: Annotated[
        list[str] | None, typer.Option("--fact", help="A fact as KEY=VALUE; may be repeated.")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", help="JSON lines with id, policy and facts.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", help="Where the outcome of each case is written.")
    ] = None,
    language: Annotated[str, typer.Option("--language", help="en or ko.")] = "en",
    day: Annotated[
        str, typer.Option("--day", help="Day for validities, as 2026-12-31; default: today.")
    ] = "",
    policies: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Decide one request from facts, or a file of cases."""
    if cases is not None:
        _decide_cases(_folder(policies), cases, run, as_json=as_json)
    elif policy:
        _decide_one(_folder(policies), policy, fact or [], language, day, as_json=as_json)
    else:
        raise typer.BadParameter("Name a policy with --policy, or a file with --cases.")


@app.command("schema")
@guarded
def schema(
    kind: Annotated[
        str,
        typer.Option(
            "--kind", help="policy, protected, facts, authority, ranking, wording or wow."
        ),
    ] = "policy",
) -> None:
    """Print the JSON Schema of a kind of file, for editors: it completes and explains keys."""
    from agentassist.services import policy_check  # noqa: PLC0415  as above

    print_json(policy_check.schema_of(kind))


def _folder(given: Path | None) -> Path:
    """Return the folder that was named, else that of the settings, else the samples."""
    from agentassist.cli.context import settings  # noqa: PLC0415  as above
    from agentassist.places import resource  # noqa: PLC0415

    return given or settings().settings.policies or resource("policies")


def _decide_one(
    folder: Path, policy: str, pairs: Sequence[str], language: str, day: str, *, as_json: bool
) -> None:
    from agentassist.domain.clock import utc_now  # noqa: PLC0415  as above
    from agentassist.domain.decision import decide as verdict_on  # noqa: PLC0415
    from agentassist.domain.decision import to_bytes  # noqa: PLC0415
    from agentassist.services import policy_check  # noqa: PLC0415

    bundle = policy_check.sound(folder)
    at = utc_now()
    facts = policy_check.facts_of(bundle, dict(_pair(text) for text in pairs), at)
    on = policy_check.day_of(day)
    verdict = verdict_on(bundle, policy, facts, at=at, language=language, day=on)
    if as_json:
        print_json(json.loads(to_bytes(verdict)))
    else:
        _print(verdict)


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise UserError("Write a fact as KEY=VALUE: {text}.", text=text)
    return key.strip(), value


def _print(verdict: "Verdict") -> None:
    from agentassist.domain.verdict import VerdictKind  # noqa: PLC0415  as above

    typer.echo(f"{verdict.kind.value.upper()}  {verdict.title}")
    typer.echo(f"  {verdict.wording.long}")
    if verdict.alternatives:
        typer.echo("")
        print_table(
            ("Alternative", "Owner", "Hours", "Cost"),
            [(x.text, x.owner.value, x.within_hours, x.cost or "-") for x in verdict.alternatives],
        )
    if verdict.missing:
        typer.echo(f"\nMissing: {', '.join(verdict.missing)}")
    if not verdict.authority.within and verdict.kind in (VerdictKind.YES, VerdictKind.YES_WITH):
        typer.echo(f"\nSigned by: {verdict.authority.signer or 'nobody'}")
    if verdict.why:
        typer.echo("")
        print_table(
            ("Condition", "Value", "Truth"),
            [(x.condition, x.value or "-", x.truth.value) for x in verdict.why],
        )


def _decide_cases(folder: Path, cases: Path, run: Path | None, *, as_json: bool) -> None:
    from agentassist.domain.clock import utc_now  # noqa: PLC0415  as above
    from agentassist.services import policy_check  # noqa: PLC0415

    bundle = policy_check.sound(folder)
    tried = list(policy_check.attempt(bundle, _read(cases), utc_now))
    if run is not None:
        _write(run, tried)
    problems = [(case.id, case.problem) for case in tried if case.problem]
    counts: dict[str, int] = {}
    for case in tried:
        counts[case.outcome] = counts.get(case.outcome, 0) + 1
    if as_json:
        print_json({"cases": len(tried), "outcomes": counts, "problems": dict(problems)})
    else:
        print_table(("Outcome", "Cases"), sorted(counts.items()))
    if problems and not as_json:
        fail("\n".join(f"{name}: {problem}" for name, problem in problems[:20]))
    if problems:
        raise typer.Exit(1)


def _read(path: Path) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a file of JSON lines. Raises BadInput with the line."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise BadInput(
            Place(str(path)), "This file cannot be read: {reason}.", reason=error.strerror
        ) from error
    with stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _case(line, Place(str(path), number))


def _case(line: bytes, place: Place) -> Mapping[str, object]:
    try:
        case = json.loads(line[:_CASE_BYTES])
    except (ValueError, RecursionError) as error:
        raise BadInput(place, "This line is not JSON. Mend or remove it.") from error
    if not isinstance(case, dict):
        raise BadInput(place, "Write one JSON object in each line.")
    return case


def _write(path: Path, tried: Sequence["Tried"]) -> None:
    rows = [{"id": case.id, "outcome": case.outcome} for case in tried]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
