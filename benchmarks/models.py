# SPDX-License-Identifier: Apache-2.0
"""The bundled model, exported once into the cache of the benchmarks."""

from pathlib import Path

from agentassist.retrieval import export_process
from agentassist.retrieval import model_folder as folders
from benchmarks.options import Options


def exported(options: Options) -> Path:
    """Return the exported model; the first time takes half a minute."""
    source = folders.bundled_source()
    if source is None:
        raise RuntimeError("the bundled model is not installed")
    target = options.folder("models") / folders.BUNDLED_NAME
    if not (target / folders.MANIFEST).is_file():
        export_process.Export(source, target).wait()
    return target
