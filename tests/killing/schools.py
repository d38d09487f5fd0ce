"""Some small schools for the run: each with one librarian, most classes her own, every fifth a teacher's who lets her in."""

from datetime import UTC, datetime

from integration.sandbox.world import World

DOMAIN = "alder.example"


def librarian(number: int) -> str:
    """A librarian's address."""
    return f"librarian.{number}@{DOMAIN}"


def some_schools(seed: int, librarians: int, classes: int) -> World:
    """The pretend Google of the run, whose clock is the machine's."""
    world = World(seed=seed, now=lambda: datetime.now(UTC))
    people = [world.add_person(librarian(number), f"Librarian {number}", domain=DOMAIN) for number in range(librarians)]
    for number, person in enumerate(people):
        teacher = world.add_person(f"teacher.{number}@{DOMAIN}", f"Teacher {number}", domain=DOMAIN)
        for room in range(classes):
            owner, others = (teacher, [person]) if room % 5 == 4 else (person, [])
            world.add_course(owner, f"{room % 8 + 1}th Grade Library {room}", teachers=others)
    return world
