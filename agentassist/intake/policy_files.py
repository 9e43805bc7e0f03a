# SPDX-License-Identifier: Apache-2.0
"""Policy files in, a proven bundle out, or every fault with file, line and sentence.

A folder holds facts.toml, authority.toml, ranking.toml, and one policy in each other
TOML file below it. Faults of single files are told first; what only shows between
policies (guards, tests) is looked at when each of them stands.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agentassist.domain.facts import FactSpec, Text
from agentassist.domain.findings import Finding
from agentassist.domain.policy import AnyPolicy, Authority, Bundle, Weights, Wow, bundle
from agentassist.domain.policy_proof import prove, prove_bundle, prove_facts
from agentassist.domain.policy_trial import prove_tests
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import policy_build, policy_schema
from agentassist.intake.policy_faults import FILE, PolicyFault, place, schema_faults, syntax_fault
from agentassist.intake.toml_outline import Outline, outline

T = TypeVar("T", bound=BaseModel)
D = TypeVar("D")

LARGEST_BYTES = 256 * 1024
MOST_FILES = 2_000

FACTS, AUTHORITY, RANKING = "facts.toml", "authority.toml", "ranking.toml"
WOW, WORDING = "wow.toml", "wording"
"""A file, and the folder of the sentences that verdicts are spoken in."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a set of files: a bundle, or faults (then `bundle` is None)."""

    bundle: Bundle | None
    faults: tuple[PolicyFault, ...]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Source:
    """One file that is TOML."""

    file: str
    data: Mapping[str, Any]
    outline: Outline


def load_folders(folders: Iterable[Path]) -> Loaded:
    """Load folders as one bundle; in a later folder authority and ranking replace."""
    files, faults = read_folders(folders)
    loaded = load_texts(files)
    if faults:
        return Loaded(None, (*faults, *loaded.faults), files)
    return loaded


def read_folders(folders: Iterable[Path]) -> tuple[dict[str, str], list[PolicyFault]]:
    """Return the texts of folders by name, and the files that could not be read."""
    files: dict[str, str] = {}
    faults: list[PolicyFault] = []
    for place_in_row, folder in enumerate(folders):
        prefix = f"{folder.name}/" if place_in_row else ""
        for path in _paths(folder, faults):
            name = prefix + path.relative_to(folder).as_posix()
            text = _read(path, name, faults)
            if text is not None:
                files[name] = text
    return files, faults


def _paths(folder: Path, faults: list[PolicyFault]) -> list[Path]:
    if not folder.is_dir():
        message = "There is no folder {folder}: name a folder with policy files."
        faults.append(PolicyFault(FILE, Place(str(folder)), message, folder=folder))
        return []
    paths = sorted(folder.rglob("*.toml"))
    if len(paths) > MOST_FILES:
        message = "There are {number} files here, more than {most}: name the folder of policies."
        values = {"number": len(paths), "most": MOST_FILES}
        faults.append(PolicyFault(FILE, Place(str(folder)), message, **values))
        return []
    return paths


def _read(path: Path, name: str, faults: list[PolicyFault]) -> str | None:
    """Read a file that is not too large and is UTF-8, else note the fault."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = "This file cannot be read: {reason}."
        faults.append(PolicyFault(FILE, Place(name), message, reason=error.strerror))
        return None
    if len(raw) > LARGEST_BYTES:
        message = "This file is larger than {most} KB: one policy is one page."
        faults.append(PolicyFault(FILE, Place(name), message, most=LARGEST_BYTES // 1024))
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(PolicyFault(FILE, Place(name, line), "Save this file as UTF-8."))
        return None


def _is_wording(file: str) -> bool:
    return WORDING in file.split("/")[:-1]


def _is_policy(file: str) -> bool:
    beside = (FACTS, AUTHORITY, RANKING, WOW)
    return file.rsplit("/", 1)[-1] not in beside and not _is_wording(file)


def load_texts(files: Mapping[str, str]) -> Loaded:
    """Load files that are in memory, by name."""
    loader = _Loader(files)
    return Loaded(loader.bundle(), tuple(loader.faults), files)


class _Loader:
    """One load. Each step adds to `faults`; a later step runs on what the earlier kept."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.faults: list[PolicyFault] = []
        parsed = (self._parse(name, text) for name, text in sorted(files.items()))
        self._sources = [source for source in parsed if source is not None]
        self._homes: dict[str, _Source] = {}

    def bundle(self) -> Bundle | None:
        """Return the bundle when nothing at all is wrong with it."""
        facts = self._facts()
        authority = self._single(AUTHORITY, policy_schema.AuthorityFile, policy_build.authority)
        weights = self._single(RANKING, policy_schema.RankingFile, policy_build.weights)
        rules = authority or Authority(currency="USD")
        policies = self._policies(facts, rules)
        frames, wows = self._frames(), self._wows(facts)
        if self.faults:
            return None
        made = bundle(facts, policies, rules, weights or Weights(), frames, wows)
        self._check(prove_bundle(made))
        if not self.faults:
            self._check({key: prove_tests(made, policy) for key, policy in policies.items()})
        return None if self.faults else made

    def _parse(self, name: str, text: str) -> _Source | None:
        try:
            lines = outline(text, name)
            return _Source(name, tomllib.loads(text), lines)
        except tomllib.TOMLDecodeError as error:
            self.faults.append(syntax_fault(name, text, error))
        except BadInput as error:
            self.faults.append(PolicyFault(FILE, error.place, error.template, **error.values))
        return None

    def _named(self, name: str) -> list[_Source]:
        return [source for source in self._sources if source.file.split("/")[-1] == name]

    def _shape(self, source: _Source, model: type[T]) -> T | None:
        try:
            return model.model_validate(source.data)
        except ValidationError as error:
            self.faults.extend(schema_faults(source.file, source.outline, error))
            return None

    def _single(self, name: str, model: type[T], make: Callable[[T], D]) -> D | None:
        """Read a file of which the last one counts."""
        shaped = [self._shape(source, model) for source in self._named(name)]
        return make(shaped[-1]) if shaped and shaped[-1] is not None else None

    def _facts(self) -> dict[str, FactSpec]:
        facts: dict[str, FactSpec] = {}
        for source in self._named(FACTS):
            table = self._shape(source, policy_schema.FactsFile)
            for index, row in enumerate(table.fact if table else ()):
                self._fact(source, index, row, facts)
        return facts

    def _fact(
        self, source: _Source, index: int, row: policy_schema.FactTable, facts: dict[str, FactSpec]
    ) -> None:
        where = place(source.file, source.outline, ("fact", index, "key"))
        if row.key in facts:
            message = "{fact} is declared twice: remove one."
            self.faults.append(PolicyFault("R22", where, message, fact=row.key))
            return
        try:
            facts[row.key] = policy_build.fact(row)
        except UserError as error:
            self.faults.append(PolicyFault("R7", where, error.template, **error.values))
            return
        for findings in prove_facts({row.key: facts[row.key]}).values():
            self._tell(source, findings, ("fact", index))

    def _frames(self) -> dict[str, Text]:
        sources = [source for source in self._sources if _is_wording(source.file)]
        shaped = (self._shape(source, policy_schema.WordingFile) for source in sources)
        return policy_build.frames(table for table in shaped if table is not None)

    def _wows(self, facts: Mapping[str, FactSpec]) -> list[Wow]:
        wows: list[Wow] = []
        for source in self._named(WOW):
            table = self._shape(source, policy_schema.WowFile)
            builder = policy_build.Builder(source.file, source.outline, facts)
            rows = table.wow if table else ()
            wows += [builder.wow(row, index) for index, row in enumerate(rows)]
            self.faults.extend(builder.faults)
        return wows

    def _policies(
        self, facts: Mapping[str, FactSpec], authority: Authority
    ) -> dict[str, AnyPolicy]:
        policies: dict[str, AnyPolicy] = {}
        for source in self._sources:
            if _is_policy(source.file):
                policy = self._policy(source, facts, authority)
                if policy is not None and self._is_new(source, policy.id):
                    policies[policy.id] = policy
        return policies

    def _policy(
        self, source: _Source, facts: Mapping[str, FactSpec], authority: Authority
    ) -> AnyPolicy | None:
        table: policy_schema.PolicyFile | policy_schema.ProtectedFile | None
        if "protected" in source.data:
            table = self._shape(source, policy_schema.ProtectedFile)
        else:
            table = self._shape(source, policy_schema.PolicyFile)
        if table is None:
            return None
        builder = policy_build.Builder(source.file, source.outline, facts)
        policy = policy_build.any_policy(builder, table)
        self.faults.extend(builder.faults)
        if not builder.faults:
            self._tell(source, prove(policy, facts, authority))
        return policy

    def _is_new(self, source: _Source, policy_id: str) -> bool:
        other = self._homes.setdefault(policy_id, source)
        if other is source:
            return True
        where = place(source.file, source.outline, ("id",))
        message = "{policy} is the id of {file} too: rename one."
        values = {"policy": policy_id, "file": other.file}
        self.faults.append(PolicyFault("R22", where, message, **values))
        return False

    def _check(self, findings: Mapping[str, list[Finding]]) -> None:
        for key, found in findings.items():
            self._tell(self._homes[key], found)

    def _tell(
        self, source: _Source, findings: Iterable[Finding], base: tuple[str | int, ...] = ()
    ) -> None:
        for finding in findings:
            where = place(source.file, source.outline, (*base, *finding.path))
            self.faults.append(PolicyFault(finding.rule, where, finding.template, **finding.values))
