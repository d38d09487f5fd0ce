"""The same kinds of source with other people, titles, days and numbers, for the bank that is kept shut."""

from collections.abc import Mapping
from random import Random
from typing import Any

from integration.citations.items import Item

FAMILIES = (
    "Okafor", "Lindqvist", "Marsh", "Delgado", "Whitaker", "Nakamura", "Petrov", "Hollis", "Brandt", "Sandoval", "Keane",
    "Varga", "Thornton", "Abbasi", "Mercer", "Yoon", "Castellano", "Dunmore", "Fairchild", "Gupta", "Lozano", "Pruitt",
    "Winslow", "Zhao",
)
GIVENS = (
    "Eleanor", "Marcus", "Ingrid", "Rafael", "Beatrice", "Samuel", "Yasmin", "Theo", "Claudia", "Patrick", "Leila",
    "Owen", "Margaret", "Dev", "Rosalind", "Hector", "Naomi", "Julian",
)
TITLES = (
    "The clockmaker's orchard", "Winter birds of the northern coast", "How bridges stay up in a storm",
    "Letters from a small island", "Growing tomatoes on the roof", "A girl between two rivers",
    "Why whales sing at night", "The last lighthouse keeper", "Inside the honeybee hive",
    "Mapping the ocean floor: a beginner's guide", "What makes thunder so loud?", "Children of the dust",
    "Ten inventions that changed the kitchen", "The secret life of mushrooms", "Under the frozen lake",
    "Rockets, robots, and the race to space", "Building a canoe from bark", "The summer of the red kite",
    "Earthquakes and the people who study them", "Who owns the moon?", "Marching toward freedom: voices from Selma",
    "Animals without backbones", "Cooking with the sun", "The town that saved its trees", "From seed to bread",
    "Walking across the desert", "Ancient Egypt for young readers", "The mathematics of music",
    "Night trains and morning markets",
)
PRESSES = (
    "Candlewick Press", "Chronicle Books", "Harper", "Roaring Brook Press", "Princeton University Press",
    "Lerner Publications", "Holiday House", "University of Texas Press", "Charlesbridge", "Simon & Schuster",
)
KEPT = ("classic", "legal_case", "legislation", "software")
PEOPLE = (
    "author", "editor", "translator", "illustrator", "narrator", "director", "host", "interviewer", "reviewed-author",
    "recipient", "executive-producer", "container-author",
)


def other(item: Item, rng: Random) -> dict[str, Any]:
    """The source with everything changed that tells one source from another."""
    if item["type"] in KEPT or item.get("container-title") == "Wikipedia":
        return dict(item)
    done = dict(item)
    for role in PEOPLE:
        if role in done:
            done[role] = [_person(name, rng) for name in done[role]]
    if done.get("title") and done["title"] not in ("Foreword",):
        done["title"] = rng.choice(TITLES)
    if "issued" in done:
        done["issued"] = {"date-parts": [_date(parts, rng) for parts in done["issued"]["date-parts"]]}
    if done["type"] in ("book", "chapter") and done.get("publisher") and not _is_group(done):
        done["publisher"] = rng.choice(PRESSES)
    return _numbers(done, rng)


def _is_group(item: Mapping[str, Any]) -> bool:
    return any(name.get("literal") for name in item.get("author", ())) or not item.get("author")


def _person(name: Mapping[str, str], rng: Random) -> dict[str, str]:
    if name.get("literal") or not name.get("given"):
        return dict(name)
    given = rng.choice(GIVENS) + (f" {rng.choice('ABCDEJLMRT')}." if rng.random() < 0.15 else "")
    return {**name, "family": rng.choice(FAMILIES), "given": given}


def _date(parts: list[int], rng: Random) -> list[int]:
    """Another year, not of a time when nobody wrote so, and another day."""
    year = parts[0] if parts[0] < 1950 else parts[0] - rng.randrange(1, 6)
    return [year, *(rng.randrange(1, 13) for _month in parts[1:2]), *(rng.randrange(1, 29) for _day in parts[2:3])]


def _numbers(item: dict[str, Any], rng: Random) -> dict[str, Any]:
    for name in ("volume", "issue"):
        if str(item.get(name, "")).isdigit():
            item[name] = str(rng.randrange(2, 80 if name == "volume" else 12))
    first, dash, _last = str(item.get("page", "")).partition("-")
    if first.isdigit():
        start = rng.randrange(11, 400)
        item["page"] = f"{start}-{start + rng.randrange(5, 30)}" if dash else str(start)
    return item
