# SPDX-License-Identifier: Apache-2.0
"""Every setting, declared once: key, type, default and what it is for.

A value comes from the last layer that names it: built-in, machine policy file, user
file, environment (AGENTASSIST_<KEY>), command line. A machine policy may list keys
under `locked`: for those its own value, or the built-in one, is final.
"""

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agentassist.errors import BadInput, Place, UserError

_PREFIX = "AGENTASSIST_"
_OF_THE_TESTS = frozenset({"AGENTASSIST_EVAL", "AGENTASSIST_TEST_POSTGRES"})
_LOCKED = "locked"
_BY_PATTERN = {
    "region": "Write two capital letters, such as US or KR.",
    "business_hours": "Write hours such as 09:00-18:00, or leave it empty.",
    "business_days": "Write the digits of the days, such as 12345 for Monday to Friday.",
}


class Origin(StrEnum):
    """Which layer a value came from."""

    BUILT_IN = "built-in"
    MACHINE = "machine policy"
    USER = "user file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


class Settings(BaseModel):
    """All settings with their defaults; frozen, so that they can be shared freely."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("agentassist", appauthor=False)),
        description="Folder for the database, the search index, models and logs.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of a shared PostgreSQL; empty means SQLite in data_dir.",
    )
    language: Literal["system", "en", "ko"] = Field(
        default="system", description="Language of the interface."
    )
    theme: Literal["system", "light", "dark"] = Field(
        default="system", description="Colours of the interface."
    )
    text_scale: int = Field(
        default=100, ge=80, le=200, description="Size of text, in percent of the system's."
    )
    region: str = Field(
        default="US",
        pattern="^[A-Z]{2}$",
        description="Country (ISO 3166) assumed for phone numbers written without one.",
    )
    agent: str = Field(default="", description="Name of the agent, as promises and notes show it.")
    extensions: tuple[str, ...] = Field(
        default=(),
        description="Own telephone user names or extensions; empty means that every call pops.",
    )
    webhook_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Loopback port for call events; 0 chooses a free one.",
    )
    webhook: bool = Field(default=True, description="Listen for call events on the loopback.")
    model: Path | None = Field(
        default=None, description="Folder of a sentence-transformers model; empty: the bundled one."
    )
    pull_from: tuple[str, ...] = Field(
        default=(),
        description="Live systems that may be asked for customers and conversations, such as"
        " zendesk=https://company.zendesk.com; empty means none.",
    )
    target_call_minutes: int = Field(
        default=0, ge=0, le=43_200, description="Time to call back; 0: the same working day."
    )
    target_email_minutes: int = Field(
        default=480, ge=0, le=43_200, description="Time to answer a mail; 0: the same working day."
    )
    target_chat_minutes: int = Field(
        default=2, ge=0, le=43_200, description="Time to answer a chat; 0: the same working day."
    )
    target_sms_minutes: int = Field(
        default=30, ge=0, le=43_200, description="Time to answer a text; 0: the same working day."
    )
    target_social_minutes: int = Field(
        default=60, ge=0, le=43_200, description="Time to answer a post; 0: the same working day."
    )
    business_hours: str = Field(
        default="",
        pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="Hours that count for these targets, such as 09:00-18:00; empty: all.",
    )
    business_days: str = Field(
        default="1234567",
        pattern="^[1-7]{1,7}$",
        description="Days that count for these targets; 1 is Monday, 7 Sunday.",
    )
    business_zone: str = Field(
        default="", description="Time zone of these hours, such as Asia/Seoul; empty: this machine."
    )
    queue_days: int = Field(
        default=30, ge=1, le=3_650, description="How many days back the queue of open loops looks."
    )
    policies: Path | None = Field(
        default=None, description="Folder of policy files; empty means the samples."
    )
    own_addresses: tuple[str, ...] = Field(
        default=(),
        description="Our own e-mail addresses, domains (@shop.example) and numbers: they tell"
        " what we sent from what we received.",
    )
    imap_host: str = Field(
        default="", description="Mail server to fetch mail from (IMAP); empty means none."
    )
    imap_port: int = Field(default=993, ge=1, le=65535, description="Its port.")
    imap_user: str = Field(default="", description="Name to log in with, mostly the address.")
    imap_folders: tuple[str, ...] = Field(
        default=("INBOX",),
        description="Folders to fetch; new mail is waited for in the first one.",
    )
    imap_tls: bool = Field(
        default=True, description="Encrypt the line; only a server on this machine may do without."
    )
    imap_ca: Path | None = Field(
        default=None, description="File of certificates to trust for it instead of the system's."
    )

    @property
    def url(self) -> str:
        """The database to open."""
        return self.database_url or f"sqlite:///{self.data_dir / 'agentassist.db'}"

    @property
    def log_dir(self) -> Path:
        """Where log files and crash reports go."""
        return self.data_dir / "logs"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that is no setting, and where it was found: most likely a slip."""

    name: str
    place: str

    def __str__(self) -> str:
        return f"Not known: {self.name} ({self.place})"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings with the layer each key came from, the keys that are locked, and slips."""

    settings: Settings
    origins: Mapping[str, Origin]
    locked: frozenset[str] = frozenset()
    unknown: tuple[Unknown, ...] = ()


def machine_policy_file() -> Path:
    """Return the place of the administrator's file on this platform."""
    if sys.platform == "win32":
        return (
            Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "agentassist" / "policy.toml"
        )
    if sys.platform == "darwin":
        return Path("/Library/Application Support/agentassist/policy.toml")
    return Path("/etc/agentassist/policy.toml")


def user_file() -> Path:
    """Return the place of the person's own file on this platform."""
    return Path(platformdirs.user_config_dir("agentassist", appauthor=False)) / "settings.toml"


def load(
    command_line: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    machine: Path | None = None,
    user: Path | None = None,
) -> Loaded:
    """Merge all layers.

    Raises:
        BadInput: a file is not TOML, or a layer names an unknown key or a bad value.
    """
    machine, user = machine or machine_policy_file(), user or user_file()
    environment = os.environ if environment is None else environment
    policy = _read(machine)
    locked = _locked(policy.pop(_LOCKED, []), machine)
    layers = {
        Origin.MACHINE: policy,
        Origin.USER: _read(user),
        Origin.ENVIRONMENT: _from_environment(environment),
        Origin.COMMAND_LINE: {k: v for k, v in (command_line or {}).items() if v is not None},
    }
    values, origins = _merge(layers, locked)
    files = {Origin.MACHINE: machine, Origin.USER: user}
    unknown = (*_unknown_locked(locked, machine), *_unknown_variables(environment))
    return Loaded(_validated(values, origins, files), origins, locked, unknown)


def write_user(key: str, value: str, machine: Path | None = None, user: Path | None = None) -> Path:
    """Write one text into the person's own file and leave the rest of it as it is.

    Returns:
        The file.

    Raises:
        UserError: the key is locked, or the file cannot be written.
    """
    machine, user = machine or machine_policy_file(), user or user_file()
    if key in _locked(_read(machine).get(_LOCKED, []), machine):
        raise UserError(
            "{key} is set by your administrator and cannot be changed here. Ask for it.", key=key
        )
    try:
        old = user.read_text(encoding="utf-8") if user.exists() else ""
        user.parent.mkdir(parents=True, exist_ok=True)
        fresh = user.with_name(f".{user.name}")
        fresh.write_text(_with_line(old, key, value, user), encoding="utf-8")
        fresh.replace(user)
    except OSError as error:
        raise UserError(
            "The settings file {path} cannot be written ({reason}). Check its permissions.",
            path=user,
            reason=error.strerror,
        ) from error
    return user


def _with_line(text: str, key: str, value: str, file: Path) -> str:
    """Return a settings text in which one key has a value, on a line of its own."""
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    lines = text.splitlines()
    found = [at for at, one in enumerate(lines) if one.split("=")[0].strip() == key]
    lines[slice(found[0], found[0] + 1) if found else slice(0, 0)] = [line]
    made = "\n".join(lines) + "\n"
    try:
        if tomllib.loads(made) == {**tomllib.loads(text), key: value}:
            return made
    except tomllib.TOMLDecodeError as error:
        raise BadInput(Place(str(file)), "This is not TOML: {reason}.", reason=error) from error
    raise BadInput(Place(str(file), field=key), "Write this by hand: {line}", line=line)


def _locked(given: object, file: Path) -> frozenset[str]:
    if isinstance(given, list) and all(isinstance(name, str) for name in given):
        return frozenset(given)
    place = Place(f"{Origin.MACHINE} {file}", field=_LOCKED)
    raise BadInput(place, 'Write a list of texts, such as ["one", "two"].')


def _unknown_locked(locked: frozenset[str], file: Path) -> list[Unknown]:
    place = f"{_LOCKED} in {file}"
    return [Unknown(name, place) for name in sorted(locked - set(Settings.model_fields))]


def _unknown_variables(environment: Mapping[str, str]) -> list[Unknown]:
    known = {_variable(key) for key in Settings.model_fields} | _OF_THE_TESTS
    named = {name for name in environment if name.startswith(_PREFIX)}
    return [Unknown(name, Origin.ENVIRONMENT) for name in sorted(named - known)]


def _variable(key: str) -> str:
    return f"{_PREFIX}{key.upper()}"


def _merge(
    layers: Mapping[Origin, Mapping[str, Any]], locked: frozenset[str]
) -> tuple[dict[str, Any], dict[str, Origin]]:
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, Origin.BUILT_IN)
    for origin, layer in layers.items():
        allowed = {k: v for k, v in layer.items() if origin is Origin.MACHINE or k not in locked}
        values |= allowed
        origins |= dict.fromkeys(allowed, origin)
    return values, origins


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserError(
            "The settings file {path} cannot be read ({reason}). Check its permissions.",
            path=path,
            reason=error.strerror,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(Place(str(path)), "This is not TOML: {reason}.", reason=error) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    named = {
        k.removeprefix(_PREFIX).lower(): v for k, v in environment.items() if k.startswith(_PREFIX)
    }
    return {
        key: tuple(value.split(",")) if _is_list(key) else value
        for key, value in named.items()
        if key in Settings.model_fields
    }


def _is_list(key: str) -> bool:
    field = Settings.model_fields.get(key)
    return field is not None and get_origin(field.annotation) is tuple


def _validated(
    values: Mapping[str, Any], origins: Mapping[str, Origin], files: Mapping[Origin, Path]
) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        fault = error.errors()[0]
        key = str(fault["loc"][0]) if fault["loc"] else ""
        origin = origins.get(key, Origin.BUILT_IN)
        where = _variable(key) if origin is Origin.ENVIRONMENT else files.get(origin, "")
        raise _not_allowed(Place(f"{origin} {where}".strip(), field=key)) from error


def _not_allowed(place: Place) -> BadInput:
    """Return the error that says what may be written for the key of `place`."""
    field = Settings.model_fields.get(place.field)
    if field is None:
        known = ", ".join(Settings.model_fields)
        return BadInput(place, "There is no setting of this name. There are: {known}.", known=known)
    if get_origin(field.annotation) is Literal:
        words = ", ".join(get_args(field.annotation))
        return BadInput(place, "Write one of: {words}.", words=words)
    if field.annotation is bool:
        return BadInput(place, "Write true or false.")
    if field.annotation is int:
        limits = {name: getattr(rule, name) for rule in field.metadata for name in rule.__slots__}
        sentence = "Write a whole number from {least} to {most}."
        return BadInput(place, sentence, least=limits["ge"], most=limits["le"])
    if get_origin(field.annotation) is tuple:
        return BadInput(place, 'Write a list of texts, such as ["one", "two"].')
    if place.field in _BY_PATTERN:
        return BadInput(place, _BY_PATTERN[place.field])
    return BadInput(place, "Write a text in quotation marks.")
