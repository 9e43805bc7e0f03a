# SPDX-License-Identifier: Apache-2.0
"""A folder of policies as a large company has it: those that ship, and made-up ones beside."""

import random
import shutil
from pathlib import Path

from agentassist.places import resource

_SEED = 20
_START = ("ba", "che", "dri", "fo", "gli", "ka", "lu", "mo", "ni", "pra", "ru", "se", "tho", "vi")
_END = ("bor", "dex", "fin", "gam", "lon", "mir", "nok", "pel", "rud", "sta", "tek", "vun", "zel")
_ASKED = (
    "may I swap the {} for a {}",
    "the {} came without its {}",
    "I would like my {} by {}",
    "could somebody repair the {} of the {}",
    "do you take a {} as a {}",
    "how about a {} at the {}",
)
_TEXT = """\
id = "retail.made_up.{number}"
title = "Made up {number}"
title_ko = "예시 {number}"
sector = "retail"
needs = ["one", "other"]
needs_ko = ["하나", "다른 하나"]
examples = [{examples}]
counter = ["where is {counter}", "what is {counter} made of", "who sells {counter}"]
[[decline]]
id = "late"
when = ["order.days_since_delivery > {limit}", "order.is_defective is no"]
reason = "Its days are just over"
reason_ko = "기간이 방금 지났습니다"
  [[decline.alternative]]
  id = "credit"
  offer = "the full price as store credit"
  offer_ko = "전액 적립금"
  delivers = ["one"]
  owner = "us"
  within_hours = 24
  [[decline.alternative]]
  id = "swap"
  offer = "a swap for another one"
  offer_ko = "다른 상품으로 교환"
  delivers = ["other"]
  owner = "us"
  within_hours = 48
[[test]]
facts = {{"order.days_since_delivery" = {over}, "order.is_defective" = false}}
expect = "decline"
alternatives = ["credit", "swap"]
[[test]]
facts = {{"order.days_since_delivery" = 1, "order.is_defective" = false}}
expect = "yes"
"""


def made(folder: Path, count: int) -> Path:
    """Fill a folder with `count` policies; every one passes the check."""
    shutil.copytree(resource("policies"), folder)
    beside = ("facts.toml", "authority.toml", "ranking.toml", "wow.toml")
    own = [x for x in folder.rglob("*.toml") if x.name not in beside and x.parent.name != "wording"]
    maker = random.Random(_SEED)
    for number in range(max(0, count - len(own))):
        text = _policy(number, maker)
        (folder / "retail" / f"made_up_{number}.toml").write_text(text, encoding="utf-8")
    return folder


def _policy(number: int, maker: random.Random) -> str:
    words = [_word(maker) for _ in range(2 * len(_ASKED) + 1)]
    pairs = zip(words[::2], words[1::2], strict=False)
    examples = [f'"{text.format(*pair)}"' for text, pair in zip(_ASKED, pairs, strict=False)]
    limit = 10 + number % 50
    return _TEXT.format(
        number=number,
        examples=", ".join(examples),
        counter=words[-1],
        limit=limit,
        over=limit + 1,
    )


def _word(maker: random.Random) -> str:
    return "".join((*(maker.choice(_START) for _ in range(3)), maker.choice(_END)))
