# SPDX-License-Identifier: Apache-2.0
"""A form written back into its file: only what was edited changes, byte for byte.

Tables are matched by their id, then by what they say, then by their place; a value is
exchanged inside its line by tomlkit, so that comments in lists and behind values stay.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import tomlkit
from tomlkit.items import Array

from agentassist.domain.policy_form import PolicyForm
from agentassist.intake.policy_forms import form_of, read_toml, table_of
from agentassist.intake.toml_parts import Block, Entry, cut

Row = Mapping[str, Any]

_WIDEST = 100
_TABLES = ("order_button", "decline", "yes_with", "allow", "safe_path", "test")
"""The keys of a policy file that are tables of their own, in the order of the file."""
_INNER = "alternative"


def write(text: str, form: PolicyForm, file: str = "") -> str:
    """Return `text` with the values of `form`; an empty text gives a new file.

    Raises PolicyFault when `text` is not TOML.
    """
    table = read_toml(text, file)
    before, after = table_of(form_of(table)), table_of(form)
    if before == after:
        return text
    written = "".join(node.text for node in _edited(text, before, after))
    if table_of(form_of(tomllib.loads(written))) != after:
        return fresh(form)
    return written


def fresh(form: PolicyForm) -> str:
    """Write a form as a new file."""
    table = table_of(form)
    nodes = [_root(table), *(_made(name, row) for name in _TABLES for row in table[name])]
    return "".join(node.text for node in nodes)


# A node is a table with the tables inside it


class _Node:
    """One table of the file with the tables inside it, as text."""

    def __init__(self, name: str, block: Block) -> None:
        self.name = name
        self.block = block
        self.inner: list[_Node] = []
        self.plain = True

    @property
    def text(self) -> str:
        return self.block.text + "".join(node.text for node in self.inner)


def _nodes(text: str) -> list[_Node]:
    """Return the tables of a file, the first one being what stands before all headers."""
    first, *rest = cut(text)
    nodes = [_Node("", first)]
    for block in rest:
        parent = nodes[-1]
        if len(block.path) == 1:
            nodes.append(_Node(block.path[0], block))
        elif block.path[1:] == (_INNER,) and block.path[0] == parent.name:
            parent.inner.append(_Node(_INNER, block))
        else:
            # A table that policies have no need of: it goes with the one before it.
            node = _Node("", block)
            parent.inner.append(node)
            parent.plain = False
    return nodes


def _edited(text: str, before: Row, after: Row) -> list[_Node]:
    nodes = _nodes(text)
    names = [key for key in after if key not in _TABLES]
    _edit(nodes[0].block, _pick(before, names), _pick(after, names))
    for name in _TABLES:
        if before[name] != after[name]:
            nodes = _placed(nodes, name, before[name], after[name])
    return nodes


def _pick(row: Row, names: Sequence[str]) -> dict[str, Any]:
    return {name: row.get(name) for name in names}


def _placed(
    nodes: list[_Node], name: str, before: Sequence[Row], after: Sequence[Row]
) -> list[_Node]:
    """Return the nodes with those called `name` as `after` wants them."""
    there = [node for node in nodes if node.name == name]
    if len(there) != len(before):
        # They stand in the file in another form (a list in one line): write them anew.
        nodes[0].block.entries = [e for e in nodes[0].block.entries if e.key != name]
        there, before = [], []
    kept = _matched(before, after)
    stays = {id(there[place]) for place in kept.values()}
    nodes = [node for node in nodes if node.name != name or id(node) in stays]
    slots = [place for place, node in enumerate(nodes) if node.name == name]
    order = [there[kept[place]] for place in sorted(kept)]
    for slot, node in zip(slots, order, strict=True):
        nodes[slot] = node
    previous = _before(nodes, name)
    for place, row in enumerate(after):
        if place in kept:
            node = _changed(there[kept[place]], before[kept[place]], row)
            nodes[nodes.index(there[kept[place]])] = node
        else:
            node = _made(name, row, like=previous if previous.name == name else None)
            nodes.insert(nodes.index(previous) + 1, node)
        previous = node
    return nodes


def _before(nodes: Sequence[_Node], name: str) -> _Node:
    """Return the node after which the first one called `name` stands."""
    first = next((place for place, node in enumerate(nodes) if node.name == name), None)
    if first is not None:
        return nodes[first - 1]
    earlier = {"", *_TABLES[: _TABLES.index(name)]} if name in _TABLES else {""}
    return [node for node in nodes if node.name in earlier][-1]


def _matched(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Return, by place after, the place before: the same id, the same row, the same place."""
    found: dict[int, int] = {}

    def take(same: Callable[[int, int], bool]) -> None:
        for new in range(len(after)):
            free = (old for old in range(len(before)) if old not in found.values())
            if (
                new not in found
                and (old := next((o for o in free if same(new, o)), None)) is not None
            ):
                found[new] = old

    take(lambda new, old: after[new] == before[old])
    take(lambda new, old: bool(after[new].get("id")) and after[new]["id"] == before[old].get("id"))
    take(lambda new, old: new == old and "id" not in after[new])
    if len(before) == len(after):
        take(lambda new, old: new == old)
    return found


def _changed(node: _Node, before: Row, after: Row) -> _Node:
    """Edit a node; one with tables that are not understood is written anew."""
    if before == after:
        return node
    if not node.plain:
        made = _made(node.name, after)
        made.block.leading = node.block.leading
        return made
    names = [key for key in after if key != _INNER]
    _edit(node.block, _pick(before, names), _pick(after, names))
    if _INNER in after and before[_INNER] != after[_INNER]:
        head = _Node("", node.block)
        placed = _placed([head, *node.inner], _INNER, before[_INNER], after[_INNER])
        node.inner = placed[1:]
    return node


# New text


def _root(table: Row) -> _Node:
    block = Block()
    _edit(block, {}, {key: value for key, value in table.items() if key not in _TABLES})
    return _Node("", block)


def _made(name: str, row: Row, like: _Node | None = None) -> _Node:
    """Make the text of a new table, in the manner of its neighbour."""
    inner = name == _INNER
    leading = "" if inner or (name == "test" and like) else "\n"
    indent = like.block.indent if like else ("  " if inner else "")
    path = ("decline", name) if inner else (name,)
    title = ".".join(path)
    array = name != "order_button"
    header = f"{indent}[[{title}]]\n" if array else f"[{title}]\n"
    block = Block(path, array, leading, header)
    _edit(block, {}, {key: value for key, value in row.items() if key != _INNER})
    node = _Node(name, block)
    for option in row.get(_INNER, ()):
        node.inner.append(_made(_INNER, option))
    return node


# Keys and values


def _edit(block: Block, before: Row, after: Row) -> None:
    """Bring the keys of a block from `before` to `after`, whose order new keys follow."""
    for key, value in after.items():
        if before.get(key) == value:
            continue
        there = [entry for entry in block.entries if entry.key == key]
        if value is None or len(there) > 1:
            block.entries = [entry for entry in block.entries if entry.key != key]
        if value is None:
            continue
        if len(there) == 1:
            there[0].text = _with(there[0].text, key, value)
        else:
            _insert(block, key, value, tuple(after))


def _insert(block: Block, key: str, value: object, order: Sequence[str]) -> None:
    """Add a key after the nearest one that comes before it."""
    earlier = set(order[: order.index(key)])
    places = [n for n, entry in enumerate(block.entries, 1) if entry.key in earlier]
    place = max(places, default=_top(block))
    if place and not block.entries[place - 1].text.endswith("\n"):
        block.entries[place - 1].text += "\n"
    elif not place and block.header and not block.header.endswith("\n"):
        block.header += "\n"
    block.entries.insert(place, Entry(key, _line(key, value, block.indent)))


def _top(block: Block) -> int:
    """Return the place before all keys, but after what introduces a file."""
    first = next((n for n, entry in enumerate(block.entries) if entry.key), len(block.entries))
    return 0 if block.header else first


def _line(key: str, value: object, indent: str = "") -> str:
    line = f"{indent}{key} = {_shown(value)}\n"
    if isinstance(value, list) and (len(line) > _WIDEST or len(value) > 3):  # noqa: PLR2004
        rows = "".join(f"{indent}  {_shown(item)},\n" for item in value)
        return f"{indent}{key} = [\n{rows}{indent}]\n"
    return line


def _shown(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{_shown(key)} = {_shown(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    return str(tomlkit.item(value).as_string())


def _with(text: str, key: str, value: object) -> str:
    """Return the text of an entry with another value; comments stay where they can."""
    document = tomlkit.parse(text)
    item = document[key]
    if isinstance(value, list) and isinstance(item, Array):
        _edit_array(item, value)
    elif not isinstance(value, dict):
        document[key] = value
    written = tomlkit.dumps(document)
    if _reads(written, key, value) and _fits(written):
        return written
    return _above(text) + _line(key, value, _indent(text))


def _fits(written: str) -> bool:
    """True unless it is a list that has become too long for its line."""
    line = written[len(_above(written)) :]
    return "[" not in line or "\n" in line.strip() or len(line) <= _WIDEST


def _edit_array(array: Array, value: Sequence[object]) -> None:
    before = list(array.unwrap())
    steps = SequenceMatcher(None, before, list(value), autojunk=False).get_opcodes()
    for _, low, high, new_low, new_high in reversed([s for s in steps if s[0] != "equal"]):
        shared = min(high - low, new_high - new_low)
        for offset in range(shared):
            array[low + offset] = value[new_low + offset]
        for place in reversed(range(low + shared, high)):
            del array[place]
        for offset in range(shared, new_high - new_low):
            array.insert(low + offset, value[new_low + offset])


def _reads(text: str, key: str, value: object) -> bool:
    try:
        return bool(tomllib.loads(text).get(key) == value)
    except tomllib.TOMLDecodeError:
        return False


def _comments(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if not line.lstrip().startswith("#"):
            return
        yield line


def _above(text: str) -> str:
    return "".join(_comments(text))


def _indent(text: str) -> str:
    line = text[len(_above(text)) :]
    return line[: len(line) - len(line.lstrip(" \t"))]
