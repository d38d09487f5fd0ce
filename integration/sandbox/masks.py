"""Partial responses: `fields=courses(id,name),nextPageToken`, checked against the schema and applied.

https://developers.google.com/workspace/classroom/tutorials/import-rosters
"""

import re
from collections.abc import Mapping
from typing import Any

from integration.sandbox import discovery
from integration.sandbox.refusal import Refusal

Tree = dict[str, Any]
TOKEN = re.compile(r"[A-Za-z_$]\w*|[*(),/]")


def cut(body: Any, mask: str, gives: str) -> Any:
    """Only what `mask` names of an answer. Raises Refusal (400) for a field the answer's schema does not have."""
    tree = read(mask)
    _check(tree, gives)
    return _pick(body, tree)


def read(mask: str) -> Tree:
    """A mask as a tree of names; an empty branch is everything below."""
    tokens = TOKEN.findall(mask)
    if "".join(tokens) != re.sub(r"\s", "", mask):
        raise _wrong(mask)
    tree, rest = _selection(tokens, mask)
    if rest:
        raise _wrong(mask)
    return tree


def _selection(tokens: list[str], mask: str) -> tuple[Tree, list[str]]:
    tree: Tree = {}
    while True:
        tokens = _path(tree, tokens, mask)
        if not tokens or tokens[0] != ",":
            return tree, tokens
        tokens = tokens[1:]


def _path(tree: Tree, tokens: list[str], mask: str) -> list[str]:
    if not tokens or tokens[0] in "(),/":
        raise _wrong(mask)
    branch, rest = tree.setdefault(tokens[0], {}), tokens[1:]
    if rest and rest[0] == "/":
        return _path(branch, rest[1:], mask)
    if rest and rest[0] == "(":
        inner, rest = _selection(rest[1:], mask)
        if not rest or rest[0] != ")":
            raise _wrong(mask)
        branch.update(inner)
        return rest[1:]
    return rest


def _check(tree: Tree, name: str) -> None:
    known = discovery.schema(name)
    for key, inner in tree.items():
        if key == "*":
            continue
        if key not in known:
            raise _wrong(key)
        below = known[key].get("items", known[key]).get("$ref", "")
        if inner and not below:
            raise _wrong(key)
        if inner:
            _check(inner, below)


def _pick(value: Any, tree: Tree) -> Any:
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_pick(each, tree) for each in value]
    if isinstance(value, Mapping):
        return {key: _pick(inner, tree[key]) for key, inner in value.items() if key in tree}
    return value


def _wrong(what: str) -> Refusal:
    return Refusal("INVALID_ARGUMENT", f"Request contains an invalid argument. Invalid field selection {what}")
