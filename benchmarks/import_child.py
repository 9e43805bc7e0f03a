# SPDX-License-Identifier: Apache-2.0
"""One import in a process of its own: how fast it is, and how much memory it takes.

Called with the database, the file and the kind; prints the seconds, the megabytes after a
tenth of the file and the most afterwards, as JSON.
"""

import json
import sys
import time
from pathlib import Path

from agentassist.domain.importing import Progress, RecordKind
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.database import opened


def main(url: str, file: str, kind: RecordKind) -> None:
    """Import, look at the memory meanwhile, tell."""
    early: list[float] = []

    def look(progress: Progress) -> None:
        if not early and progress.done >= progress.total // 10:
            early.append(_megabytes())

    with opened(url) as database:
        began = time.perf_counter()
        [report] = Importer(database, progress=look).run(Path(file), ImportOptions(kind=kind))
        seconds = time.perf_counter() - began
    told = {"seconds": seconds, "rows": report.rows, "early": early[0], "most": _megabytes()}
    print(json.dumps(told))


def _megabytes() -> float:
    """Return the most memory that this program has had so far (Linux).

    Not `ru_maxrss`: that begins with what the parent had.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], RecordKind(sys.argv[3]))
