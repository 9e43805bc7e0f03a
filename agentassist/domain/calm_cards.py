# SPDX-License-Identifier: Apache-2.0
"""Which card stands where when another answer comes: what stays right stays in its place.

People look for a card where they saw it. So an order that changed moves nothing, a card
gives way only to a clearly better one, and the card somebody is about to act on stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from agentassist.domain.knowledge import Strength, Suggestion

CARDS = 3
CLEARLY = 0.05


@dataclass(frozen=True, slots=True)
class News:
    """Another answer to what is said: `cards`, best first.

    `same_topic`: it is about the request that the shown cards answer. `only_sure`: the
    turn is hardly a request, so that it brings up only what is strong and takes nothing
    away.
    """

    cards: Sequence[Suggestion]
    same_topic: bool = True
    only_sure: bool = False


def settle(
    shown: Sequence[Suggestion], news: News, held: UUID | None = None
) -> tuple[Suggestion, ...]:
    """Return the cards by place, at most three.

    A shown card that was found again stays where it is, with what is new about it. `held`
    is the article of the card that has the focus, and stays in any case. On another
    topic the others go; on the same one they stay until something clearly better needs
    their place, the weakest first. A place that stays empty is closed up.
    """
    found = {card.article.id: card for card in news.cards}
    staying = {held, *found}
    places: list[Suggestion | None] = [found.get(x.article.id, x) for x in shown[:CARDS]]
    if not news.same_topic and not news.only_sure:
        places = [x if x and x.article.id in staying else None for x in places]
    there = {card.article.id for card in places if card}
    for card in news.cards:
        if card.article.id not in there and (not news.only_sure or _is_strong(card)):
            _seat(card, places, staying)
    return tuple(card for card in places if card)


def _seat(card: Suggestion, places: list[Suggestion | None], staying: set[UUID | None]) -> None:
    """Put a newcomer on a free place, or on that of the weakest card that may go."""
    if None in places:
        places[places.index(None)] = card
    elif len(places) < CARDS:
        places.append(card)
    else:
        may_go = [x for x in places if x and x.article.id not in staying]
        weakest = min(may_go, key=_rank, default=None)
        if weakest is not None and _is_clearly_better(card, weakest):
            places[places.index(weakest)] = card


def _is_clearly_better(card: Suggestion, other: Suggestion) -> bool:
    if card.strength is not other.strength:
        return _is_strong(card)
    return card.score >= other.score + CLEARLY


def _rank(card: Suggestion) -> tuple[bool, float]:
    return (_is_strong(card), card.score)


def _is_strong(card: Suggestion) -> bool:
    return card.strength is Strength.STRONG
