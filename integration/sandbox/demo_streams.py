"""What stands in the streams of Juniper Ridge.

Teachers' notes and readings, what the librarian posted by hand before Throughline, and a few students' words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from integration.sandbox.demo_classes import ClassLine
from integration.sandbox.names import CANARY
from integration.sandbox.world import Person, World

BY_HAND = {
    "6th Grade Library": ("Welcome to the library, grade 6", "Bring a book you could not put down."),
    "1st Grade Library – Own class": ("Our read-aloud shelf", "The five books we vote on this month."),
    "Grade 6 Social Studies": ("From the library: ancient worlds", "A shelf of atlases for your projects."),
    "Science 6": ("From the library: finding trustworthy science", "Three places to look first."),
    "Third Grade — Mrs. Lee": ("Library: animal facts", "Books and one site for your animal report."),
}
"""Posts the librarian made in Classroom itself before Throughline: they count, and no app may change them."""

WITH_STUDENT_WORDS = ("6th Grade ELA", "ELA 7 / Period 2", "Chess Club", "Gr7/Gr8 Robotics")

TOPICS = {
    "science": ("Unit 1: Ecosystems", "Unit 2: Matter", "Labs"),
    "ela": ("Short stories", "Writing workshop", "Independent reading"),
    "math": ("Ratios", "Fractions", "Practice"),
    "social": ("Map skills", "Ancient worlds", "Current events"),
    "early": ("This week", "At home"),
    "general": ("Start here", "Week by week"),
}

NOTES = {
    "science": ("Lab on {day}: closed shoes and tied-back hair, please.", "Bring your field notebooks tomorrow.",
                "The quiz on food webs moves to {day}.", "Photos of our terrariums are up in the corridor."),
    "ela": ("First drafts are due on {day}. Bring a printed copy.", "Choose your independent reading book by {day}.",
            "Remember to quote at least two sentences from the text.", "Book talks begin on {day}."),
    "math": ("Odd numbers only on page 84.", "Quiz on {day}. The practice sheet is under Classwork.",
             "Bring graph paper tomorrow.", "Great thinking about ratios today."),
    "social": ("Maps are due on {day}.", "We start our project on river civilizations. Pick a river by {day}.",
               "Bring one news story you can explain in a minute.", "Our museum visit is on {day}; slips, please."),
    "early": ("Library day is {day}. Please send the books back.", "We learned the letter M. Look for it at home.",
              "Please send a warm jacket, we go out every day.", "Thank you for the apples."),
    "general": ("No meeting on {day}.", "Please read the calendar for next month.", "New sign-up sheet at the door.",
                "Thank you all for a good week."),
}

READINGS = {
    "science": (("How a food web holds together", "https://nature.example/food-webs"), ("Lab safety", "https://lab.example/safety")),
    "ela": (("Short story: The Lighthouse", "https://stories.example/lighthouse"), ("Editing checklist", "https://write.example/edit")),
    "math": (("Ratio tables, step by step", "https://math.example/ratios"), ("Practice set", "https://math.example/practice")),
    "social": (("Rivers and cities", "https://history.example/rivers"), ("Reading a map", "https://maps.example/basics")),
    "early": (("Song of the week", "https://songs.example/week"), ("Counting game", "https://games.example/count")),
    "general": (("Calendar", "https://school.example/calendar"), ("How we work together", "https://school.example/norms")),
}

CLUES = {
    "science": ("Science", "Biology", "Chem", "Robotics", "Maker"),
    "ela": ("ELA", "English", "Reading", "Readers", "Book", "Stories", "Lang"),
    "math": ("Math", "Algebra"),
    "social": ("Social", "History"),
    "early": ("K", "Kinder", "PreK", "Pre-K", "TK/K", "KG-2", "First", "1st", "2nd", "Morning"),
}


@dataclass(frozen=True)
class Cast:
    """Who may write in a class."""

    teacher: Person
    librarian: Person
    students: tuple[Person, ...]


def fill_stream(world: World, course: str, line: ClassLine, cast: Cast, now: datetime) -> None:
    """Put topics and posts into one class, over the twelve weeks before `now`, or a year before that."""
    random, subject = Random(line.number), subject_of(line)
    topics = [world.add_topic(course, name) for name in TOPICS[subject]]
    until = now - timedelta(days=365 if line.is_last_year else 0)
    for note in random.sample(NOTES[subject], k=random.randint(2, 4)):
        text = note.format(day=random.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")))
        world.add_post(course, "announcement", cast.teacher, text=text, at=_moment(random, until))
    for title, url in READINGS[subject][: random.randint(1, 2)]:
        world.add_post(course, "material", cast.teacher, title=title, materials=({"link": {"url": url}},),
                       topic=random.choice(topics), at=_moment(random, until))
    _rarer_posts(world, course, line, cast, random, until)


def subject_of(line: ClassLine) -> str:
    """What kind of things a class talks about, by a word in its name."""
    words = line.name.replace("/", " ").split()
    for subject, clues in CLUES.items():
        if any(clue in words or (len(clue) > 4 and clue in line.name) for clue in clues):
            return subject
    return "general"


def _rarer_posts(world: World, course: str, line: ClassLine, cast: Cast, random: Random, until: datetime) -> None:
    if line.name in BY_HAND:
        title, text = BY_HAND[line.name]
        world.add_post(course, "material", cast.librarian, title=title, text=text, at=_moment(random, until),
                       materials=({"link": {"url": "https://library.juniper.example/shelf"}},))
    if line.name in WITH_STUDENT_WORDS and cast.students:
        world.add_post(course, "announcement", cast.students[0], text=f"{CANARY} asks: is there homework for tomorrow?",
                       at=_moment(random, until))
    if line.number % 9 == 0:
        world.add_post(course, "announcement", cast.teacher, text="Not finished yet: the spring project.",
                       state="DRAFT", at=_moment(random, until))
    if line.number % 11 == 0:
        world.add_post(course, "announcement", cast.teacher, text="Posted in the wrong class, sorry.", state="DELETED",
                       at=_moment(random, until))


def _moment(random: Random, until: datetime) -> datetime:
    return until - timedelta(days=random.randint(1, 84), minutes=random.randint(0, 480))
