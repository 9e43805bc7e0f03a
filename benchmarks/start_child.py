# SPDX-License-Identifier: Apache-2.0
"""One start of the desk, as its command does it, with the moments a person would notice.

Called with the time when the process was asked for, the data folder and the model; prints
the seconds to each moment, the megabytes in the end, and what is loaded, as JSON.
"""

import json
import sys
import time
from pathlib import Path

KEYWORD_QUESTION = "bought a lamp 5 weeks ago can i still return it"
MEANING_QUESTION = "no printer at home, need lable for MP-204817"
CALLER = "+13035550142"
_WATCHED = "torch transformers sentence_transformers sqlalchemy numpy faiss onnxruntime aiohttp"


def main(began: float, folder: Path, model: Path) -> None:
    """Start, ask twice, take a call, tell."""
    import agentassist.cli  # noqa: F401, PLC0415  what the installed command loads first

    marks = {"command": time.perf_counter() - began}
    from benchmarks import start_stage  # noqa: PLC0415  brings Qt

    memory = start_stage.run(began, folder, model, marks)
    loaded = [name for name in _WATCHED.split() if name in sys.modules]
    print(json.dumps({"marks": marks, "memory": memory, "loaded": loaded}))


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
