"""The lists she chooses from: subjects, codes of standards, templates."""

from integration.courses.subject import SUBJECTS
from integration.curation.codes import SUBJECT_LABELS, codes, known_code, labels, schemes, subjects
from integration.curation.models import ResourceKind
from integration.curation.templates import advice, template, templates
from tests.rooms.curation.makers import collection_card, link_card, resource_card


def test_every_subject_a_class_can_have_has_a_label() -> None:
    assert [each.code for each in subjects()] == list(SUBJECTS)
    assert set(SUBJECT_LABELS) == set(SUBJECTS)


def test_aasl_has_six_foundations_24_cells_and_68_competencies() -> None:
    aasl = [each.code for each in codes() if each.scheme == "aasl"]
    assert [sum(code.count(".") == dots for code in aasl) for dots in range(3)] == [6, 24, 68]


def test_every_scheme_says_where_its_official_text_is() -> None:
    assert all(each.link.startswith("https://") and each.codes for each in schemes())


def test_a_code_is_known_in_any_case_and_an_unknown_one_is_not() -> None:
    assert (known_code("vi.a.1"), known_code("1.3.c"), known_code("VII.A"), known_code("")) == ("VI.A.1", "ISTE.1.3.c", "", "")


def test_labels_come_in_the_order_of_the_standards() -> None:
    assert [each.code for each in labels(["VI.A.1", "I.A.1", "no such"])] == ["I.A.1", "VI.A.1"]


def test_every_code_of_a_template_is_a_code_we_know() -> None:
    assert all(known_code(code) == code for each in templates() for code in each.codes)


def test_a_retired_template_names_what_took_its_place() -> None:
    flip = template("flip-event")
    assert flip is not None
    assert flip.notice == ("Flip event is retired since September 2024. "
                           "Use a short video response in Classroom, or any tool your district approved.")


def test_a_spotlight_of_one_medium_is_advised_to_mix() -> None:
    said = advice(collection_card(link_card(), link_card(), link_card(), template="subject-spotlight", subjects=("science",)))
    assert len(said) == 1
    assert said[0].startswith("Everything here is of one medium.")


def test_every_rule_of_every_template_can_be_asked() -> None:
    full = collection_card(link_card(), resource_card(ResourceKind.BOOK), resource_card(ResourceKind.NOTE),
                           description="Monday, 5 minutes, approved", subjects=("science",), codes=("I.A.1",))
    empty = collection_card(title="", description="")
    assert all(advice(collection_card(*full.resources, template=each.key, description=full.description, codes=full.codes,
                                      subjects=full.subjects)) == [] for each in templates())
    assert all(len(advice(collection_card(title="", description="", template=each.key))) <= len(each.rules)
               for each in templates())
    assert advice(empty) == []
