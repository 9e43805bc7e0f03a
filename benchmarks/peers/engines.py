# SPDX-License-Identifier: Apache-2.0
"""The engines by one shape, each set up as its own documentation does first.

This file runs in the environment of the peers: it imports nothing of ours, and an engine
only when it is made. `answers` returns numbers of pieces, best first.
"""

# The shape is told once, in Engine; a library is loaded when its engine is made.
# ruff: noqa: D102, PLC0415

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

DEPTH = 50
"""Pieces that are asked for: enough to fill ten articles."""


class Engine(Protocol):
    """Builds an index of pieces once, then answers."""

    def build(self, pieces: Sequence[str]) -> None:
        """Index the pieces by their numbers."""

    def answers(self, text: str) -> Iterable[int]:
        """Return the numbers of the best pieces."""


class Bm25s:
    """bm25s with its English stop words and PyStemmer."""

    def __init__(self, model: str, folder: Path) -> None:
        import bm25s
        import Stemmer

        del model, folder
        self._library = bm25s
        self._stemmer = Stemmer.Stemmer("english")
        self._index = bm25s.BM25()

    def build(self, pieces: Sequence[str]) -> None:
        self._index.index(self._tokens(list(pieces)), show_progress=False)
        self._depth = min(DEPTH, len(pieces))

    def answers(self, text: str) -> Iterable[int]:
        found, _ = self._index.retrieve(self._tokens(text), k=self._depth, show_progress=False)
        return [int(one) for one in found[0]]

    def _tokens(self, text: Any) -> Any:
        return self._library.tokenize(
            text, stopwords="en", stemmer=self._stemmer, show_progress=False
        )


class Tantivy:
    """tantivy with its English stemmer."""

    def __init__(self, model: str, folder: Path) -> None:
        import tantivy

        del model, folder
        self._library = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="en_stem")
        schema.add_integer_field("number", stored=True)
        self._index = tantivy.Index(schema.build())

    def build(self, pieces: Sequence[str]) -> None:
        writer = self._index.writer()
        for number, text in enumerate(pieces):
            writer.add_document(self._library.Document(text=text, number=number))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def answers(self, text: str) -> Iterable[int]:
        query, _ = self._index.parse_query_lenient(_words(text), ["text"])
        hits = self._searcher.search(query, DEPTH).hits
        return [int(self._searcher.doc(address)["number"][0]) for _, address in hits]


class Whoosh:
    """Whoosh with its stemming analyzer and BM25F."""

    def __init__(self, model: str, folder: Path) -> None:
        from whoosh import analysis, fields, index

        del model
        schema = fields.Schema(
            text=fields.TEXT(analyzer=analysis.StemmingAnalyzer()),
            number=fields.STORED,
        )
        folder.mkdir()
        self._index = index.create_in(str(folder), schema)

    def build(self, pieces: Sequence[str]) -> None:
        from whoosh import qparser

        writer = self._index.writer()
        for number, text in enumerate(pieces):
            writer.add_document(text=text, number=number)
        writer.commit()
        self._searcher = self._index.searcher()
        self._parser = qparser.QueryParser("text", self._index.schema, group=qparser.OrGroup)

    def answers(self, text: str) -> Iterable[int]:
        hits = self._searcher.search(self._parser.parse(_words(text)), limit=DEPTH)
        return [int(hit["number"]) for hit in hits]


class Txtai:
    """txtai with dense vectors, as it is when only a path is given."""

    hybrid = False

    def __init__(self, model: str, folder: Path) -> None:
        from txtai import Embeddings

        del folder
        self._embeddings = Embeddings(path=model, hybrid=self.hybrid)

    def build(self, pieces: Sequence[str]) -> None:
        self._embeddings.index(list(enumerate(pieces)))

    def answers(self, text: str) -> Iterable[int]:
        return [int(key) for key, _ in self._embeddings.search(text, DEPTH)]


class TxtaiHybrid(Txtai):
    """txtai with dense vectors and BM25."""

    hybrid = True


class _WithVectors:
    """What the stores share that are given vectors: sentence-transformers with its defaults."""

    def __init__(self, model: str, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self._folder = folder
        self._model = SentenceTransformer(model, device="cpu")

    def _encoded(self, texts: Sequence[str]) -> Any:
        return self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)


class Chroma(_WithVectors):
    """chromadb in memory, cosine."""

    def build(self, pieces: Sequence[str]) -> None:
        import chromadb

        settings = chromadb.Settings(anonymized_telemetry=False)
        self._store = chromadb.EphemeralClient(settings).create_collection(
            "pieces", metadata={"hnsw:space": "cosine"}, embedding_function=None
        )
        self._store.add([str(one) for one in range(len(pieces))], self._encoded(pieces))
        self._depth = min(DEPTH, len(pieces))

    def answers(self, text: str) -> Iterable[int]:
        found = self._store.query(self._encoded([text]), n_results=self._depth, include=[])
        return [int(key) for key in found["ids"][0]]


class Lance(_WithVectors):
    """lancedb with full-text search and vectors, joined by its reciprocal rank fusion."""

    def build(self, pieces: Sequence[str]) -> None:
        import lancedb
        from lancedb.rerankers import RRFReranker

        vectors = self._encoded(pieces)
        rows = [
            {"number": number, "text": text, "vector": vectors[number].tolist()}
            for number, text in enumerate(pieces)
        ]
        self._table = lancedb.connect(str(self._folder)).create_table("pieces", rows)
        self._table.create_fts_index("text")
        self._reranker = RRFReranker()

    def answers(self, text: str) -> Iterable[int]:
        query = self._table.search(query_type="hybrid").vector(self._encoded([text])[0])
        found = query.text(_words(text)).rerank(self._reranker).limit(DEPTH).to_list()
        return [int(row["number"]) for row in found]


class Haystack(_WithVectors):
    """haystack in memory: BM25 and vectors, joined by its reciprocal rank fusion."""

    def build(self, pieces: Sequence[str]) -> None:
        from haystack import Document
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers import in_memory
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        vectors = self._encoded(pieces)
        store.write_documents(
            [
                Document(id=str(number), content=text, embedding=vectors[number].tolist())
                for number, text in enumerate(pieces)
            ]
        )
        self._words = in_memory.InMemoryBM25Retriever(store, top_k=DEPTH)
        self._meaning = in_memory.InMemoryEmbeddingRetriever(store, top_k=DEPTH)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)

    def answers(self, text: str) -> Iterable[int]:
        by_words = self._words.run(text)["documents"]
        by_meaning = self._meaning.run(self._encoded([text])[0].tolist())["documents"]
        return [int(one.id) for one in self._joiner.run([by_words, by_meaning])["documents"]]


class LlamaIndex:
    """llama-index with its vector store in memory."""

    def __init__(self, model: str, folder: Path) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        del folder
        self._model = HuggingFaceEmbedding(model_name=model, device="cpu")

    def build(self, pieces: Sequence[str]) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.schema import TextNode

        nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(pieces)]
        index = VectorStoreIndex(nodes, embed_model=self._model)
        self._retriever = index.as_retriever(similarity_top_k=DEPTH)

    def answers(self, text: str) -> Iterable[int]:
        return [int(found.node.node_id) for found in self._retriever.retrieve(text)]


class Qdrant(_WithVectors):
    """qdrant-client in its local mode."""

    def build(self, pieces: Sequence[str]) -> None:
        from qdrant_client import QdrantClient, models

        vectors = self._encoded(pieces)
        self._client = QdrantClient(":memory:")
        size = models.VectorParams(size=vectors.shape[1], distance=models.Distance.COSINE)
        self._client.create_collection("pieces", vectors_config=size)
        points = [models.PointStruct(id=n, vector=one.tolist()) for n, one in enumerate(vectors)]
        self._client.upsert("pieces", points)

    def answers(self, text: str) -> Iterable[int]:
        vector = self._encoded([text])[0].tolist()
        found = self._client.query_points("pieces", query=vector, limit=DEPTH)
        return [int(point.id) for point in found.points]


def _words(text: str) -> str:
    """Return a text without what the query languages take for operators."""
    kept = (one if one.isalnum() else " " for one in text)
    words = "".join(kept).split()
    return " ".join(word for word in words if word not in {"AND", "OR", "NOT", "IN", "TO"})


ENGINES: Mapping[str, Callable[[str, Path], Engine]] = {
    "txtai": Txtai,
    "txtai, hybrid": TxtaiHybrid,
    "chromadb": Chroma,
    "lancedb, hybrid": Lance,
    "haystack, hybrid": Haystack,
    "llama-index": LlamaIndex,
    "qdrant-client, local": Qdrant,
    "bm25s": Bm25s,
    "tantivy": Tantivy,
    "whoosh-reloaded": Whoosh,
}
