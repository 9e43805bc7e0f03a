# SPDX-License-Identifier: Apache-2.0
"""A folder of cache files that is replaced whole, and trusted only when every byte is right.

`current` names one generation, a folder with a manifest that lists the size and the MAC of
its files and carries a MAC of its own (HMAC-SHA256, RFC 2104). The key lies in the
database, so that nobody who can only write here can make us read what we did not write. A
new generation is written beside the old one and `current` is replaced by one rename: a
crash leaves the old one or the new one, and two writers cannot mix.
"""

import hashlib
import hmac
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from agentassist.errors import Unavailable

_CURRENT = "current"
_MANIFEST = "manifest.json"
_NAME = re.compile(r"[0-9a-f]{32}")
_MAC_LENGTH = 64
_MOST_MANIFEST = 64_000_000
_ABANDONED_SECONDS = 3600.0
_READS = 3

T = TypeVar("T")
About = Mapping[str, object]
Fill = Callable[[Path], About]
Load = Callable[[Path, About], T]


class Damaged(Exception):
    """The cache is absent, incomplete, changed or of another format: build it again."""


_UNREADABLE = (
    Damaged, OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, EOFError,
)  # fmt: skip


class CacheFolder:
    """One cache. `key` are the secret bytes that its MACs are made with."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._seals: dict[int, object] = {}  # of the generation we know, by inode

    def write(self, about: About, fill: Fill) -> None:
        """Write a generation: `fill` puts files into a folder and returns more to remember.

        Raises:
            Unavailable: the disk is full or cannot be written; the old generation stays.
        """
        before, generation = self._current(), self._folder / uuid4().hex
        try:
            generation.mkdir(parents=True)
            more = fill(generation)
            files = {path.name: self._seal_of(path) for path in generation.iterdir()}
            body = json.dumps({**about, **more, "files": files}).encode()
            signed = self._manifest_mac(generation.name, body).encode() + body
            _write_through(generation / _MANIFEST, signed)
            self._know(generation, files)
            _replace(self._folder / _CURRENT, generation.name)
        except OSError as fault:
            shutil.rmtree(generation, ignore_errors=True)
            raise Unavailable(
                "The search index cannot be saved ({reason}). Search works; free some space.",
                reason=fault.strerror or "disk error",
            ) from fault
        self._sweep(before, generation.name)

    def read(self, load: Load[T]) -> T:
        """Return what `load` makes of the current generation, whose every file is verified.

        It is given the folder and what was remembered with it. When another process saves
        meanwhile, and takes the files away, it is called again with the newer ones.

        Raises:
            Damaged: it must be built again.
        """
        for _ in range(_READS):
            name = self._current()
            try:
                return load(*self._verified(name))
            except _UNREADABLE as fault:
                found = fault
            if self._current() == name:
                break
        raise Damaged(str(found)) from found

    def _verified(self, name: str) -> tuple[Path, About]:
        if not name:
            raise Damaged(_CURRENT)
        generation = self._folder / name
        signed = _read_at_most(generation / _MANIFEST, _MOST_MANIFEST)
        mac, body = signed[:_MAC_LENGTH], signed[_MAC_LENGTH:]
        if not hmac.compare_digest(mac, self._manifest_mac(name, body).encode()):
            raise Damaged(_MANIFEST)
        about: About = json.loads(body)
        files = about["files"]
        if not isinstance(files, dict):
            raise TypeError(type(files).__name__)
        for file, seal in files.items():
            self._check(generation / file, seal)
        self._know(generation, files)
        return generation, about

    def _know(self, generation: Path, files: Mapping[str, object]) -> None:
        self._seals = {(generation / file).stat().st_ino: seal for file, seal in files.items()}

    def _check(self, path: Path, seal: object) -> None:
        size, mac = seal if isinstance(seal, list) else (None, None)
        if path.stat().st_size != size or self._file_mac(path) != mac:
            raise Damaged(path.name)

    def _seal_of(self, path: Path) -> object:
        """Return the size and the MAC of a file.

        One that is shared with the generation before keeps its seal: it is not read again,
        and a change that somebody made to it meanwhile is not sealed as ours.
        """
        now = path.stat()
        known = self._seals.get(now.st_ino) if now.st_nlink > 1 else None
        return known or [now.st_size, self._file_mac(path)]

    def _file_mac(self, path: Path) -> str:
        """Return the MAC of a file: its name counts, so that two cannot change places."""
        with path.open("rb") as file:
            mac = hashlib.file_digest(file, lambda: self._begun("file", path.name))
        return mac.hexdigest()

    def _manifest_mac(self, generation: str, body: bytes) -> str:
        mac = self._begun("manifest", generation)
        mac.update(body)
        return mac.hexdigest()

    def _begun(self, kind: str, name: str) -> hmac.HMAC:
        mac = hmac.new(self._key, digestmod="sha256")
        mac.update(f"{kind}\0{self._folder.name}\0{name}\0".encode())
        return mac

    def _current(self) -> str:
        """Return the name of the current generation, empty when there is none."""
        try:
            name = _read_at_most(self._folder / _CURRENT, 100).decode("ascii")
        except (OSError, ValueError, Damaged):
            return ""
        return name if _NAME.fullmatch(name) else ""

    def _sweep(self, before: str, current: str) -> None:
        """Remove what we replaced, and what a crash left; others may be writing the rest."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name == before or _is_abandoned(path, current):
                    _remove(path)


def _is_abandoned(path: Path, current: str) -> bool:
    age = time.time() - path.stat().st_mtime
    return path.name not in {current, _CURRENT} and age > _ABANDONED_SECONDS


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _read_at_most(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Damaged(path.name)
    return data


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(pointer: Path, name: str) -> None:
    fresh = pointer.with_name(f".{_CURRENT}.{name}")
    try:
        _write_through(fresh, name.encode("ascii"))
        fresh.replace(pointer)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
