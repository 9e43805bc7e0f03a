# SPDX-License-Identifier: Apache-2.0
"""FAISS files through Python's own, for full disks, any path, and memory maps everywhere.

FAISS opens files by itself as well, but then a disk that is full when the file is closed
goes unnoticed, Windows cannot open a folder with a Korean name, and macOS cannot map.
FAISS is imported at first use: words are searched before there are vectors.
"""

from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_BUFFER = 1 << 20


def library() -> Any:
    """Return FAISS, loaded at first use. Any: what it adds at run time is not annotated."""
    import faiss  # noqa: PLC0415  see above

    return faiss


def stay_on_this_thread() -> None:
    """Let FAISS compute on the calling thread alone, from now on.

    Small work is done before a second OpenMP thread is awake, and waiting for one on a busy
    machine takes tens of milliseconds.
    """
    library().omp_set_num_threads(1)


def write_index(index: Any, path: Path) -> None:
    """Write an index to a file.

    Raises:
        OSError: the disk refuses.
    """
    with path.open("wb", buffering=_BUFFER) as file:
        sink = _Sink(file)
        try:
            library().write_index(index, library().PyCallbackIOWriter(sink.write))
        except RuntimeError as fault:
            raise sink.fault or OSError(str(fault)) from fault


def read_mapped(path: Path) -> tuple[Any, np.ndarray]:
    """Return an index whose vectors stay in the file, and the map, which must outlive it.

    Pages are read when they are needed, and shared with other processes.

    Raises:
        RuntimeError, ValueError or OSError: it cannot be read.
    """
    faiss = library()
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    index = faiss.read_index(faiss.ZeroCopyIOReader(faiss.swig_ptr(mapped), mapped.size))
    return index, mapped


class _Sink:
    """Hands bytes on to a file and remembers why it would not take them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: OSError | None = None

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as fault:
            self.fault = fault
            raise
