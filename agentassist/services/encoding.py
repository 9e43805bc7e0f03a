# SPDX-License-Identifier: Apache-2.0
"""Gives every article its vectors, by the model that the settings name."""

from collections.abc import Callable

from agentassist.errors import UserError
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.services.models import ModelShelf
from agentassist.services.vector_upkeep import Progress


def encode_all(
    index: KnowledgeIndex,
    models: ModelShelf,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Encode what has no vector; go over to the chosen model if another one still answers.

    Raises:
        Unavailable: no model is loaded.
        UserError: the chosen model cannot be opened; the one before is up to date.
        Cancelled: `cancelled` answered True; the next call goes on from there.
    """
    if not models.waiting:
        index.update(progress, cancelled)
        return
    try:
        encoder = models.open_chosen()
    except UserError:
        index.update(progress, cancelled)
        raise
    index.switch_model(encoder, progress, cancelled)
    models.settle()
