# SPDX-License-Identifier: Apache-2.0
"""What the measures of every set share: where the sets are, the model, and room to work."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.quality.dense import Dense
from benchmarks.quality.files import read_lines, read_table, write_lines
from benchmarks.quality.product import Product
from benchmarks.quality.scorer import Scorer

_QUICK = 20


@dataclass(slots=True)
class Bench:
    """`sets` is the folder with the sets and their scorer, `work` a folder that is thrown away.

    `quick` takes the first queries of each set only, to see that everything works. `runs`
    is where the answers are kept to be looked at, None where they are thrown away.
    """

    sets: Path
    work: Path
    model: Path
    dense: Dense
    quick: bool = False
    runs: Path | None = None
    _products: dict[Path, Product] = field(default_factory=dict)

    @property
    def scorer(self) -> Scorer:
        """The scorer of the sets."""
        return Scorer(self.sets / "score.py")

    def product(self, articles: Path) -> Product:
        """Return the product with the articles of a file, imported once in a run."""
        if articles not in self._products:
            made = Product(self.folder("data"), self.model)
            made.take_in(articles)
            self._products[articles] = made
        return self._products[articles]

    def folder(self, name: str) -> Path:
        """Return a path for a new folder or file, used by nobody else."""
        number = len(list(self.work.iterdir()))
        return self.work / f"{number}-{name}"

    def queries(self, file: Path) -> list[dict[str, Any]]:
        """Return the queries of a file; when quick, the first ones."""
        found = read_lines(file)
        return found[:_QUICK] if self.quick else found

    def only(self, queries: list[dict[str, Any]]) -> tuple[str, ...]:
        """Return what tells the scorer to look at these queries alone."""
        file = self.folder("only.txt")
        file.write_text("".join(f"{one['id']}\n" for one in queries), encoding="utf-8")
        return ("--only", str(file))

    def gold(self, folder: Path, asked: list[dict[str, Any]]) -> Path:
        """Return the answers of a set; when quick, those of what is asked alone."""
        if not self.quick:
            return folder / "gold.tsv"
        ids = {str(one["id"]) for one in asked}
        rows = [row for row in read_table(folder / "gold.tsv") if row[0] in ids]
        file = self.folder("gold.tsv")
        file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
        return file

    def written(self, name: str, lines: list[dict[str, Any]]) -> Path:
        """Write JSON lines where nobody else does."""
        return write_lines(self.folder(name), lines)

    def keep(self, run: Path, name: str, who: str) -> None:
        """Keep the answers of somebody to a set, where that is wanted."""
        if self.runs is not None:
            self.runs.mkdir(parents=True, exist_ok=True)
            kept = re.sub(r"[^\w.-]+", "-", f"{name} {who}")
            shutil.copyfile(run, self.runs / f"{kept}.jsonl")
