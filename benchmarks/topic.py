# SPDX-License-Identifier: Apache-2.0
"""The process of one topic: measures, and writes its figures as one line of JSON.

Called with the name of the topic, the folder of the cache, and
"quick", "full" or "large".
"""

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.options import Options


def main(name: str, cache: Path, extent: str) -> None:
    """Run `measure` of the module `name`."""
    options = Options(extent == "quick", cache, extent == "large")
    figures: list[Figure] = import_module(f"benchmarks.{name}").measure(options)
    print(json.dumps([one.to_json() for one in figures]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
