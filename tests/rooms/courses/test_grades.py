"""The table of class names every judgement is measured by, and the share that is right."""

from dataclasses import dataclass
from datetime import date

import pytest

from integration.courses.grades import Judgement, Words, judge
from integration.courses.models import Confidence
from integration.sandbox.demo_classes import SchoolYear, class_lines

TODAY = date(2026, 11, 24)
SURE, LIKELY, DOUBTFUL, UNKNOWN = Confidence.SURE, Confidence.LIKELY, Confidence.DOUBTFUL, Confidence.UNKNOWN
UNSURE = (LIKELY, DOUBTFUL, UNKNOWN)
LOW = (DOUBTFUL, UNKNOWN)


@dataclass(frozen=True)
class Line:
    """A class text, the grades a person reads in it, and how sure one may at most be."""

    name: str
    grades: str
    allowed: tuple[Confidence, ...] = (SURE, LIKELY)
    levels: str = ""

    @property
    def expected(self) -> tuple[str, ...]:
        return tuple(self.grades.split())


def levels(text: str, grades: str, *allowed: Confidence) -> Line:
    return Line("Room of Wonders", grades, allowed or (SURE,), text)


TABLE = (
    levels("9th grade", "9"), levels("4th - 5th", "4 5"), levels("K-2", "K 1 2"), levels("Middle school", "6 7 8", LIKELY),
    levels("3000", "", UNKNOWN),
    Line("6th Grade Science – P3 (Gomez) 26-27", "6"), Line("ELA 7 / Period 2", "7"), Line("Gr. 4/5 Combo Rm 12", "4 5"),
    Line("Third Grade — Mrs. Lee", "3"), Line("Grado 3", "3"), Line("3A", "3"), Line("3-Lee", "3"),
    Line("K – Mrs. Lee", "K"), Line("Kinder", "K"), Line("KG-2 (section 2)", "K"), Line("TK/K", "TK K"),
    Line("PreK 4s", "PK"), Line("Pre-K", "PK"),
    Line("5-204 Homeroom", "5", (LIKELY,)), Line("Class 501", "5", (LIKELY,)),
    Line("Period 6 Biology", "", LOW), Line("3rd Period US History", "", LOW), Line("2nd Hour Chem", "", LOW),
    Line("8th Per. Band", "", LOW), Line("Room 8 Art", "", LOW), Line("Section 6", "", LOW), Line("Block 4", "", LOW),
    Line("Algebra 1", "", LOW), Line("Spanish 2", "", LOW), Line("Band 2", "", LOW), Line("Calc BC", "", LOW),
    Line("Math 8", "8"), Line("Science 6", "6"),
    Line("English I", "9", (DOUBTFUL,)), Line("English 9H", "9"), Line("English IV", "12", (DOUBTFUL,)),
    Line("Freshman Seminar", "9"), Line("Soph", "10"), Line("Jr", "11"), Line("Senior Project", "12"),
    Line("Class of 2030 (SY 2026-27)", "9"), Line("Grad 2027", "12"),
    Line("MS Choir 6-8", "6 7 8"), Line("Chess Club", "", UNSURE), Line("Advisory 10-B", "10"),
    Line("AP Lang", "11 12", (DOUBTFUL,)), Line("IB HL Bio", "11 12", (DOUBTFUL,)),
    Line("Library 3rd 2025-26", "3"), Line("2026-27 5A", "5"), Line("26/27 Reading", "", LOW),
    Line("4th Grade Math COPY", "4"), Line("4th Grade Math TEST", "4"), Line("4th Grade Math sandbox", "4"),
    Line("Grade 7 & 8 Orchestra", "7 8"), Line("Gr7/Gr8", "7 8"), Line("7th/8th", "7 8"),
    Line("1st Grade Library – Own class", "1"),
)


def judged(line: Line) -> Judgement:
    return judge(Words(line.name, levels=line.levels), today=TODAY)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.levels or line.name)
def test_a_class_is_judged_as_a_person_would_judge_it(line: Line) -> None:
    found = judged(line)
    assert found.grades == line.expected
    assert found.confidence in line.allowed


def test_nine_of_ten_are_right_and_none_is_wrong_but_sure(capsys: pytest.CaptureFixture[str]) -> None:
    misses = [(line.name, line.expected, found.grades, found.confidence) for line in TABLE
              if (found := judged(line)).grades != line.expected]
    share = 1 - len(misses) / len(TABLE)
    with capsys.disabled():
        print(f"\ngrades right: {share:.1%} of {len(TABLE)}", *misses, sep="\n")
    assert share >= 0.9
    assert [miss for miss in misses if miss[-1] is SURE] == []


@pytest.mark.parametrize("year", [2026, 2031])
def test_the_demo_school_is_read_as_its_own_truth_says(year: int) -> None:
    lines = [line for line in class_lines(SchoolYear(year)) if line.grades is not None]
    misses = [(line.name, line.grades, found) for line in lines if (found := judge(
        Words(line.name, line.section, line.heading, line.levels), today=date(year, 11, 24))).grades != line.grades]
    assert len(misses) <= len(lines) // 10, misses
    assert [miss for miss in misses if miss[2].confidence is SURE] == []


MORE_TRAPS = ("MLK Jr. Day Planning", "K-pop Dance", "20th Century History", "Unit 5 Review", "First Aid", "Q3 Makeup",
              "Lab 4", "Robotics Team 8", "Day 3 Specials", "1984 Book Talk", "Second Language Learners", "Top 10 Reads",
              "P6", "Tuesdays 3-4 pm", "CS50", "Cycle 3 Art")


@pytest.mark.parametrize("name", MORE_TRAPS)
def test_a_number_that_is_no_grade_is_never_believed_surely(name: str) -> None:
    found = judge(Words(name), today=TODAY)
    assert not (found.grades and found.confidence is SURE)


ALSO_READ = (
    ("Algebra 2 / 10th grade", "10"), ("PreK/K", "PK K"), ("Pre-Kindergarten and Kindergarten", "PK K"), ("PK-2", "PK K 1 2"),
    ("Grades 6, 7, and 8", "6 7 8"), ("Grade7", "7"), ("G7 Science", "7"), ("Junior High Science", "6 7 8"),
    ("Ms. Frizzle Science", ""), ("ELA 7-2", "7"), ("6 Math", "6"), ("Class of '30", "9"), ("Block 4 Grade 8", "8"),
    ("9/10 ELA", "9 10"), ("Gr. 05", "5"), ("2nd-3rd Grade", "2 3"), ("Grade 5 and Grade 6 Band", "5 6"),
    ("5th Grade ELA (Periods 2-3)", "5"), ("Grado 4 y 5", "4 5"), ("Mr. Lee 7B", "7"))


@pytest.mark.parametrize(("name", "grades"), ALSO_READ)
def test_more_names_as_they_are_found_in_schools(name: str, grades: str) -> None:
    assert judge(Words(name), today=TODAY).grades == tuple(grades.split())


def test_the_last_years_class_is_stale() -> None:
    found = judge(Words("Library 3rd 2025-26"), today=TODAY)
    assert (found.is_last_years, found.school_year) == (True, "2025-26")
    assert "2025-26, which is over" in found.doubts[0]


@pytest.mark.parametrize("word", ["COPY", "TEST", "sandbox"])
def test_a_copy_is_probably_not_real(word: str) -> None:
    found = judge(Words(f"4th Grade Math {word}"), today=TODAY)
    assert found.is_probably_not_real
    assert word in found.doubts[0]


@pytest.mark.parametrize("name", ["Test Prep 6th Grade", "Old English Poems", "6th Grade Testing Strategies"])
def test_a_real_class_about_tests_is_real(name: str) -> None:
    assert not judge(Words(name), today=TODAY).is_probably_not_real


def test_the_grade_field_outweighs_the_name_and_the_contradiction_is_said() -> None:
    found = judge(Words("5th Grade Art", levels="6th grade"), today=TODAY)
    assert (found.grades, found.confidence) == (("6",), LIKELY)
    assert [sentence[:8] for sentence in found.evidence] == ["Classroo", "The name"]


def test_the_year_begins_when_the_school_says() -> None:
    found = judge(Words("Class of 2030"), today=date(2026, 7, 20), year_starts_month=8)
    assert found.grades == ("8",)
