# SPDX-License-Identifier: Apache-2.0
"""The search indexes on disk: caches of the database, believed only when they verify.

Two folders, so that keyword search is up before the vectors are read: `words` holds the
catalog with the lexical index, `vectors` the two vector indexes. The words are always
saved first, and the vectors name the catalog they belong to: rows that the saved
catalog does not know can never be in them.
"""

from dataclasses import dataclass
from pathlib import Path

from agentassist.retrieval import cache_folder
from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.cache_folder import Damaged
from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.hybrid_search import Vectors
from agentassist.retrieval.lexical_index import LexicalIndex
from agentassist.retrieval.vector_index import VectorIndex

FORMAT = 1
_WORDS = "words"
_VECTORS = "vectors"
_PASSAGES = "passages.faiss"
_PHRASES = "phrases.faiss"
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, RuntimeError, EOFError)


@dataclass(frozen=True, slots=True)
class Words:
    """The half of the index that needs no model, as of a revision of the knowledge base."""

    catalog: Catalog
    lexical: LexicalIndex
    revision: int


def save_words(folder: Path, words: Words) -> None:
    """Write the catalog and the lexical index.

    Raises:
        Unavailable: the disk refuses; what was saved before stays.
    """

    def fill(generation: Path) -> dict[str, object]:
        words.catalog.save(generation)
        return words.lexical.save(generation)

    about = {"format": FORMAT, "revision": words.revision}
    cache_folder.write(folder / _WORDS, about, fill)


def load_words(folder: Path, analyzer: Analyzer) -> Words:
    """Read what `save_words` wrote.

    Raises:
        Damaged: it is absent, changed or of another version.
    """
    generation, about = cache_folder.read(folder / _WORDS)
    try:
        if about["format"] != FORMAT:
            raise Damaged("format")
        catalog = Catalog.load(generation)
        lexical = LexicalIndex.load(analyzer, generation, about)
        words = Words(catalog, lexical, int(str(about["revision"])))
    except _UNREADABLE as fault:
        raise Damaged(str(fault)) from fault
    if words.catalog.size != words.lexical.size:
        raise Damaged("size")
    return words


def save_vectors(folder: Path, vectors: Vectors, catalog: Catalog) -> None:
    """Write both vector indexes; the catalog they belong to must be saved already.

    Raises:
        Unavailable: the disk refuses; what was saved before stays.
    """

    def fill(generation: Path) -> dict[str, object]:
        try:
            vectors.passages.save(generation / _PASSAGES)
            vectors.phrases.save(generation / _PHRASES)
        except RuntimeError as fault:
            raise OSError(str(fault)) from fault
        return {}

    about = {
        "format": FORMAT,
        "stamp": catalog.stamp,
        "size": catalog.size,
        "places": catalog.places(),
        "model": vectors.encoder.digest,
    }
    cache_folder.write(folder / _VECTORS, about, fill)


def load_vectors(folder: Path, encoder: Encoder, catalog: Catalog) -> Vectors:
    """Read what `save_vectors` wrote, if it fits this model and this catalog.

    Raises:
        Damaged: it is absent, changed, or belongs to another model or catalog.
    """
    generation, about = cache_folder.read(folder / _VECTORS)
    try:
        fits = (about["format"], about["stamp"], about["model"]) == (
            FORMAT,
            catalog.stamp,
            encoder.digest,
        )
        newer = (
            int(str(about["size"])) > catalog.size or int(str(about["places"])) > catalog.places()
        )
        if not fits or newer:
            raise Damaged("of another catalog or model")
        passages = VectorIndex.load(generation / _PASSAGES, encoder.dimension)
        phrases = VectorIndex.load(generation / _PHRASES, encoder.dimension)
    except _UNREADABLE as fault:
        raise Damaged(str(fault)) from fault
    return Vectors(encoder, passages, phrases)
