"""A kit's sheets: what is printed for the class, and what only the librarian and the teacher see. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.citations.items import said
from integration.citations.spans import Entry, Span
from integration.citations.styles import NAMES, Style
from integration.workshops.facts import facts_of
from integration.workshops.lessons import Lesson, ai_sentences, lesson, paraphrase, sift
from integration.workshops.questions import FIELDS, NO_WRITING, Asks, Paper, Question
from integration.workshops.shelf import KitCard

LISTS = {"MLA": "Works Cited", "APA": "References", "Chicago": "Bibliography"}
PROMPTS = {Asks.PART: "Which part is marked?", Asks.FAULT: "One thing is wrong here. What?", Asks.RIGHT: "Which of these is right?",
           Asks.GAP: "What belongs in the gap?", Asks.WRITE: "Cite this source."}
NAMED = {"MLA": "In your text, name the source in brackets.", "APA": "In your text, name the source and its year in brackets.",
         "Chicago": "The first note gives the whole source; a later note is short, like these."}
ADD_THE_PAGE = "Where it has pages, add the page you used."
OLDER = ("6-8", "9-12")
INKS = ("#cfdcf7", "#fbe3b5", "#cfe9d6", "#f6d3d0", "#e2d4f0", "#cdeaea", "#ecdcc8", "#dfe3ea", "#f3d6ea", "#e5ecc4", "#d9d9d9")
"""The colour behind each part of a citation, in the order of FIELDS; a letter always says it too."""


@dataclass(frozen=True)
class Block:
    """A piece of a sheet. Only what its kind needs is filled.

    Kinds: `text`, `part` (a heading within the sheet), `prompt` (a question begins; all of it stays on one page), `points` and
    `numbered` (lines), `answers` (entries, numbered), `legend` (rows of a field and its words), `cited` (entries in colours),
    `plain` (as printed), `marked` (one field marked), `options` (entries to tick), `choices` (lines to tick), `strips` (lines to
    cut out), `facts` (rows of two), `table` (lines are its head), `lines` (to write on), `slide`.
    """

    kind: str
    text: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    entries: tuple[Entry, ...] = ()
    field: str = ""
    """The field to mark, where one is asked about."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. `is_for_class` says whether students may see it; an answer key never is."""

    key: str
    title: str
    is_for_class: bool
    blocks: tuple[Block, ...]


def sheets(kit: KitCard, paper: Paper) -> list[Sheet]:
    """Every sheet of a kit, in the order in which they are used."""
    plan = lesson(kit.grade, kit.minutes, tuple(kit.doses))
    made = [_plan(kit, plan), _slides(paper, plan), _handout(kit, paper), _practice(kit, paper)]
    if plan.band in OLDER:
        made += [_sift(), _ai()]
    if kit.grade not in NO_WRITING:
        made.append(_paraphrase())
    return [*made, _exit(paper), _key(paper)]


def for_class(kit: KitCard, paper: Paper) -> list[Sheet]:
    """The sheets students may see."""
    return [sheet for sheet in sheets(kit, paper) if sheet.is_for_class]


def _plan(kit: KitCard, plan: Lesson) -> Sheet:
    rows = tuple((f"{step.minutes} min", step.do, step.librarian, step.teacher) for step in plan.steps)
    return Sheet("plan", f"Lesson plan: {plan.title}", False, (
        Block("text", f"Grade {kit.grade} · {kit.minutes} minutes · {_form(kit)}"),
        Block("text", "By the end, students say:"), Block("points", lines=plan.objectives),
        Block("table", "Who does what", lines=("Time", "What happens", "Librarian", "Teacher"), rows=rows),
        Block("text", f"Standards: {', '.join(plan.codes)}")))


def _form(kit: KitCard) -> str:
    if kit.step:
        return f"Our form for grade {kit.grade}. {kit.step.says}"
    return f"{NAMES[kit.style]} ({'Notes' if kit.style is Style.CHICAGO_NOTE else LISTS[NAMES[kit.style]]})"


def _slides(paper: Paper, plan: Lesson) -> Sheet:
    model = paper.entries[:1]
    return Sheet("slides", "Slides", False, (
        Block("slide", plan.title, lines=plan.objectives),
        Block("slide", "One of our sources, part by part", entries=model, rows=_legend(model)),
        Block("slide", "Together: what is wrong here?", entries=_first(paper, Asks.FAULT)),
        Block("slide", "Your turn", lines=("Open the practice page in Classroom.", "Nobody signs in. Try as often as you like.")),
        Block("slide", "Before you go: the exit ticket", lines=("Four questions. Choose what you think.",))))


def _first(paper: Paper, asks: Asks) -> tuple[Entry, ...]:
    return next((each.entries[:1] for each in paper.practice if each.asks is asks), ())


def _handout(kit: KitCard, paper: Paper) -> Sheet:
    return Sheet("handout", "The parts of a citation", True, (
        Block("text", _form(kit)), Block("legend", rows=_legend(paper.entries)), Block("cited", entries=paper.entries),
        *_in_text(kit, paper)))


def _legend(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """The parts that are in these entries, and what each says."""
    there = {span.field for entry in entries for span in entry}
    return tuple((name, FIELDS[name]) for name in FIELDS if name in there)


def named(kit: KitCard) -> str:
    """How this kit's style names a source in the text, in words."""
    return f"{NAMED[NAMES[kit.style]]} {ADD_THE_PAGE}"


def _in_text(kit: KitCard, paper: Paper) -> list[Block]:
    told = [(said(item, "title"), one) for item, one in zip(paper.items, paper.in_text, strict=False) if one.text]
    if not told:
        return []
    has_two = any(one.in_sentence for _, one in told)
    head = ("Our source", "In the text", *(["When the sentence names it"] if has_two else []))
    rows = tuple((title, one.text, *([one.in_sentence] if has_two else [])) for title, one in told)
    return [Block("part", "In the text itself"), Block("text", named(kit)), Block("table", "In the text", lines=head, rows=rows)]


def _practice(kit: KitCard, paper: Paper) -> Sheet:
    blocks: list[Block] = []
    if kit.grade not in NO_WRITING[:3] and paper.entries:
        blocks += [Block("text", "Cut out the strips and put them in order."), Block("strips", lines=_strips(paper.entries[-1]))]
    for number, question in enumerate(paper.practice, 1):
        blocks += _asked(number, question, paper)
    return Sheet("practice", "Practice", True, tuple(blocks))


def _strips(entry: Entry) -> tuple[str, ...]:
    """The parts in the order of the alphabet, which is not theirs."""
    return tuple(sorted(span.text for span in entry if span.field))


def _asked(number: int, question: Question, paper: Paper) -> list[Block]:
    prompt = Block("prompt", f"{number}. {PROMPTS[question.asks]}")
    match question.asks:
        case Asks.WRITE:
            facts = tuple(facts_of(paper.items[question.source], is_young=paper.known is None).items())
            return [prompt, Block("facts", rows=facts), Block("lines", lines=("", ""))]
        case Asks.RIGHT:
            return [prompt, Block("options", entries=question.entries)]
        case Asks.GAP:
            return [prompt, Block("plain", entries=question.entries), Block("lines", lines=("",))]
        case Asks.PART:
            return [prompt, Block("marked", entries=question.entries, field=question.field),
                    Block("choices", lines=question.choices)]
    return [prompt, Block("plain", entries=question.entries), Block("choices", lines=question.choices)]


def _sift() -> Sheet:
    rows = tuple((f"{minutes} min", name, do) for name, do, minutes in sift())
    return Sheet("sift", "Is it worth citing? Ten minutes with SIFT", True, (
        Block("table", "SIFT", lines=("Time", "Step", "What to do"), rows=rows), Block("lines", lines=("",) * 5),
        Block("text", "SIFT is by Mike Caulfield (CC BY 4.0).")))


def _ai() -> Sheet:
    return Sheet("ai", "How I used AI", True, (
        Block("text", "If you used a tool such as a chatbot, say so. It is not an author; it can be wrong."),
        Block("numbered", lines=tuple(ai_sentences())), Block("text", "Write the three sentences out, with the gaps filled in."),
        Block("lines", lines=("",) * 6)))


def _paraphrase() -> Sheet:
    return Sheet("paraphrase", "In your own words", True, (
        Block("numbered", lines=tuple(paraphrase())), Block("lines", lines=("",) * 5)))


def _exit(paper: Paper) -> Sheet:
    return Sheet("exit", "Exit ticket", True, tuple(
        block for number, question in enumerate(paper.after, 1) for block in _asked(number, question, paper)))


def _key(paper: Paper) -> Sheet:
    return Sheet("key", "Answer key: for the librarian and the teacher only", False, (
        *_answers("Practice", paper.practice, paper), *_answers("First ticket", paper.before, paper),
        *_answers("Exit ticket", paper.after, paper)))


def _answers(title: str, questions: Sequence[Question], paper: Paper) -> list[Block]:
    return [Block("part", title), Block("answers", entries=tuple(_answer(each, paper) for each in questions))] if questions else []


def _answer(question: Question, paper: Paper) -> Entry:
    """As it should be written, also where it leans."""
    if question.asks is Asks.RIGHT:
        return (Span(f"Number {int(question.right) + 1}: "), *question.entries[int(question.right)])
    if question.asks is Asks.WRITE:
        return paper.entries[question.source]
    if question.asks is Asks.GAP:
        return tuple(span for span in paper.entries[question.source] if span.field == question.field)
    return (Span(question.choices[int(question.right)]),)
