# SPDX-License-Identifier: Apache-2.0
"""The search indexes on disk: caches of the database, believed only when they verify.

Two folders, so that keyword search is up before the vectors are read: `words` holds the
catalog with the lexical indexes of passages and phrases, `vectors` the two vector indexes.
The words are always saved first, and the vectors name the catalog they belong to: rows
that the saved catalog does not know can never be in them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.cache_folder import About, CacheFolder, Damaged
from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.hybrid_search import Vectors
from agentassist.retrieval.lexical_index import LexicalIndex
from agentassist.retrieval.vector_file import Snapshot, Stored
from agentassist.retrieval.vector_index import VectorIndex

FORMAT = 4
_WORDS = "words"
_VECTORS = "vectors"
_PASSAGES = "passages.faiss"
_PHRASES = "phrases.faiss"
_SAID = "said-"


@dataclass(frozen=True, slots=True)
class Words:
    """The half of the index that needs no model, as of a revision of the knowledge base.

    `said` are the words of phrases, row by row as in the catalog's table; `learned` is the
    revision of what agents made of the articles.
    """

    catalog: Catalog
    lexical: LexicalIndex
    said: LexicalIndex
    revision: int
    learned: int = 0


@dataclass(frozen=True, slots=True)
class VectorSave:
    """Both vector indexes at one moment, and what to remember of the catalog they belong to."""

    vectors: Vectors
    passages: Snapshot
    phrases: Snapshot
    about: dict[str, object]

    @classmethod
    def of(cls, vectors: Vectors, catalog: Catalog) -> "VectorSave":
        """Take the moment; nothing may change meanwhile."""
        about: dict[str, object] = {
            "format": FORMAT,
            "stamp": catalog.stamp,
            "size": catalog.size,
            "places": catalog.places(),
            "phrases": catalog.phrases.size,
            "model": vectors.encoder.digest,
        }
        return cls(vectors, vectors.passages.snapshot(), vectors.phrases.snapshot(), about)

    @property
    def is_slow(self) -> bool:
        """Tell whether saving takes longer than somebody would wait for."""
        return self.passages.is_slow or self.phrases.is_slow


class IndexCache:
    """The folder of the indexes. `key` gives the secret that seals it, when it is needed."""

    def __init__(self, folder: Path, key: Callable[[], bytes]) -> None:
        self._folder = folder
        self._get_key = key

    @cached_property
    def _words(self) -> CacheFolder:
        return CacheFolder(self._folder / _WORDS, self._key)

    @cached_property
    def _vectors(self) -> CacheFolder:
        return CacheFolder(self._folder / _VECTORS, self._key)

    @cached_property
    def _key(self) -> bytes:
        return self._get_key()

    def save_words(self, words: Words) -> None:
        """Write the catalog and the lexical index.

        Raises:
            Unavailable: the disk refuses; what was saved before stays.
        """

        def fill(generation: Path) -> dict[str, object]:
            words.catalog.save(generation)
            said = words.said.save(generation, _SAID)
            return {**words.lexical.save(generation), "said": said}

        about = {"format": FORMAT, "revision": words.revision, "learned": words.learned}
        self._words.write(about, fill)

    def load_words(self, analyzer: Analyzer) -> Words:
        """Read what `save_words` wrote.

        Raises:
            Damaged: it is absent, changed or of another version.
        """

        def load(generation: Path, about: About) -> Words:
            if about["format"] != FORMAT:
                raise Damaged("format")
            catalog = Catalog.load(generation)
            lexical = LexicalIndex.load(analyzer, generation, about)
            said = LexicalIndex.load(analyzer, generation, _about_said(about), _SAID)
            if (catalog.size, catalog.phrases.size) != (lexical.size, said.size):
                raise Damaged("size")
            revision, learned = int(str(about["revision"])), int(str(about["learned"]))
            return Words(catalog, lexical, said, revision, learned)

        return self._words.read(load)

    def save_vectors(self, save: VectorSave) -> Callable[[], None]:
        """Write both vector indexes; the catalog they belong to must be saved already.

        May take seconds, and needs no lock: searches and changes go on.

        Returns:
            What lets the indexes go on with the files: call it where they may change.

        Raises:
            Unavailable: the disk refuses; what was saved before stays.
        """
        stored: list[Stored] = []

        def fill(generation: Path) -> dict[str, object]:
            stored.append(save.passages.write(generation / _PASSAGES))
            stored.append(save.phrases.write(generation / _PHRASES))
            return {}

        def adopt() -> None:
            save.vectors.passages.adopt(save.passages, stored[0])
            save.vectors.phrases.adopt(save.phrases, stored[1])

        self._vectors.write(save.about, fill)
        return adopt

    def load_vectors(self, encoder: Encoder, catalog: Catalog) -> Vectors:
        """Map what `save_vectors` wrote, if it fits this model and this catalog.

        Raises:
            Damaged: it is absent, changed, or belongs to another model or catalog.
        """

        def load(generation: Path, about: About) -> Vectors:
            if not _fits(about, encoder, catalog):
                raise Damaged("of another catalog or model")
            passages = VectorIndex.load(generation / _PASSAGES, encoder.dimension)
            phrases = VectorIndex.load(generation / _PHRASES, encoder.dimension)
            return Vectors(encoder, passages, phrases)

        return self._vectors.read(load)


def _fits(about: About, encoder: Encoder, catalog: Catalog) -> bool:
    same = (about["format"], about["stamp"], about["model"]) == (
        FORMAT,
        catalog.stamp,
        encoder.digest,
    )
    return (
        same
        and int(str(about["size"])) <= catalog.size
        and int(str(about["places"])) <= catalog.places()
        and int(str(about["phrases"])) <= catalog.phrases.size
    )


def _about_said(about: About) -> About:
    said = about["said"]
    if not isinstance(said, dict):
        raise TypeError(type(said).__name__)
    return said
