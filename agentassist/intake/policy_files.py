# SPDX-License-Identifier: Apache-2.0
"""Texts of policy files in, a proven bundle out, or every fault with file, line and sentence.

There are facts.toml, authority.toml, ranking.toml, wow.toml, the folder wording, and one
policy in each other file. Faults of single files are told first; what only shows between
policies (requests, guards, tests) is looked at when each of them stands.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agentassist.domain.facts import FactSpec, Text
from agentassist.domain.findings import Finding
from agentassist.domain.frame_proof import prove_frame
from agentassist.domain.policy import AnyPolicy, Authority, Bundle, Weights, Wow, bundle
from agentassist.domain.policy_proof import prove, prove_bundle, prove_facts
from agentassist.domain.policy_trial import prove_tests
from agentassist.domain.wow_proof import prove_wow
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import policy_build, policy_schema
from agentassist.intake.policy_faults import FILE, PolicyFault, place, schema_faults, syntax_fault
from agentassist.intake.policy_folders import LARGEST_BYTES, MOST_FILES, read_folders
from agentassist.intake.toml_outline import DEEPEST, Outline, outline

__all__ = ("LARGEST_BYTES", "MOST_FILES", "Loaded", "load_folders", "load_texts", "read_folders")

T = TypeVar("T", bound=BaseModel)
D = TypeVar("D")

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
    """Load folders as one bundle; in a later folder authority and ranking replace.

    Whatever stands in them, only faults come out.
    """
    files, faults = read_folders(folders)
    loaded = load_texts(files)
    if faults:
        return Loaded(None, (*faults, *loaded.faults), files)
    return loaded


def _is_wording(file: str) -> bool:
    return WORDING in file.split("/")[:-1]


def _is_policy(file: str) -> bool:
    beside = (FACTS, AUTHORITY, RANKING, WOW)
    return file.rsplit("/", 1)[-1] not in beside and not _is_wording(file)


def load_texts(files: Mapping[str, str]) -> Loaded:
    """Load files that are in memory, by name."""
    loader = _Loader(files)
    return Loaded(loader.bundle(), tuple(loader.faults), files)


def load_kept(files: Mapping[str, str]) -> Bundle | None:
    """Return a bundle that was in force once; it was proven then, by the rules of that time."""
    return _Loader(files, proven=True).bundle()


def _check_depth(name: str, data: Mapping[str, Any]) -> None:
    """Raise BadInput for tables that nest by their names alone: `a . b . c`."""
    level: list[Any] = [data]
    for _ in range(2 * DEEPEST):
        inner = (list(x.values()) if isinstance(x, dict) else x for x in level)
        level = [part for parts in inner for part in parts if isinstance(part, dict | list)]
    if level:
        message = "This nests deeper than {depth} levels: flatten it."
        raise BadInput(Place(name), message, depth=DEEPEST)


class _Loader:
    """One load. Each step adds to `faults`; a later step runs on what the earlier kept.

    Files that are `proven` are only read.
    """

    def __init__(self, files: Mapping[str, str], *, proven: bool = False) -> None:
        self.faults: list[PolicyFault] = []
        self._proven = proven
        parsed = (self._parse(name, text) for name, text in sorted(files.items()))
        self._sources = [source for source in parsed if source is not None]
        self._homes: dict[str, _Source] = {}
        self._spoken: set[tuple[str, str]] = set()

    def bundle(self) -> Bundle | None:
        """Return the bundle when nothing at all is wrong with it."""
        facts = self._facts()
        authority = self._single(AUTHORITY, policy_schema.AuthorityFile, policy_build.authority)
        weights = self._single(RANKING, policy_schema.RankingFile, policy_build.weights)
        rules = authority or Authority(currency="USD")
        frames = self._frames()
        policies = self._policies(facts, rules, frames)
        wows = self._wows(facts, rules)
        if self.faults:
            return None
        made = bundle(facts, policies, rules, weights or Weights(), frames, wows)
        if self._proven:
            return made
        self._check(prove_bundle(made))
        if not self.faults:
            self._check({key: prove_tests(made, policy) for key, policy in policies.items()})
        return None if self.faults else made

    def _parse(self, name: str, text: str) -> _Source | None:
        try:
            lines = outline(text, name)
            data = tomllib.loads(text)
            _check_depth(name, data)
            return _Source(name, data, lines)
        except tomllib.TOMLDecodeError as error:
            self.faults.append(syntax_fault(name, text, error))
        except BadInput as error:
            self.faults.append(PolicyFault(FILE, error.place, error.template, **error.values))
        except (ValueError, RecursionError):
            # Of a number with thousands of digits, or of tables inside tables inside tables.
            message = "This file cannot be read: write short numbers and plain tables."
            self.faults.append(PolicyFault(FILE, Place(name), message))
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
        """Return the sound sentences of all wording files; a later one of a name replaces."""
        frames: dict[str, Text] = {}
        for source in self._sources:
            table = (
                self._shape(source, policy_schema.WordingFile) if _is_wording(source.file) else None
            )
            for index, row in enumerate(table.frame if table else ()):
                text = Text(row.text, row.text_ko)
                found = [*prove_frame(row.name, text), *self._again(source, row.name)]
                self._tell(source, found, ("frame", index))
                frames |= {} if found else {row.name: text}
        return frames

    def _again(self, source: _Source, name: str) -> Iterator[Finding]:
        """Find a sentence that another file of the same folder has, or the same file."""
        folder = source.file.rpartition("/")[0]
        if (folder, name) in self._spoken:
            message = "The sentence {name} is written twice: remove one."
            yield Finding("R22", ("name",), message, {"name": name})
        self._spoken.add((folder, name))

    def _wows(self, facts: Mapping[str, FactSpec], authority: Authority) -> list[Wow]:
        wows: list[Wow] = []
        for source in self._named(WOW):
            table = self._shape(source, policy_schema.WowFile)
            builder = policy_build.Builder(source.file, source.outline, facts)
            rows = [builder.wow(row, index) for index, row in enumerate(table.wow if table else ())]
            self.faults.extend(builder.faults)
            taken = {wow.id for wow in wows}
            for index, wow in enumerate(rows if not builder.faults else ()):
                found = prove_wow(wow, facts, authority, taken)
                self._tell(source, found, ("wow", index))
                taken.add(wow.id)
            wows += rows
        return wows

    def _policies(
        self, facts: Mapping[str, FactSpec], authority: Authority, frames: Mapping[str, Text]
    ) -> dict[str, AnyPolicy]:
        policies: dict[str, AnyPolicy] = {}
        for source in self._sources:
            if _is_policy(source.file):
                policy = self._policy(source, facts, authority, frames)
                if policy is not None and self._is_new(source, policy.id):
                    policies[policy.id] = policy
        return policies

    def _policy(
        self,
        source: _Source,
        facts: Mapping[str, FactSpec],
        authority: Authority,
        frames: Mapping[str, Text],
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
        if not builder.faults and not self._proven:
            self._tell(source, prove(policy, facts, authority, frames))
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
