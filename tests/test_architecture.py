# SPDX-License-Identifier: Apache-2.0
"""The floors of the architecture: a module on the wrong floor fails the build."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_imports_keep_to_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if shutil.which(linter) is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["agentassist.cli", "agentassist.__main__"])
def test_the_entry_loads_nothing_heavy(module: str) -> None:
    heavy = {"PySide6", "sqlalchemy", "numpy", "faiss", "onnxruntime", "torch", "aiohttp"}
    code = f"import sys, {module}; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
