"""The faults a citation can have: a code, a sentence for a twelve-year-old, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The words of `throughline cite check`."""

    MISSING_AUTHOR = "missing_author"
    AUTHOR_NOT_INVERTED = "author_not_inverted"
    AUTHOR_INVERTED_IN_NOTE = "author_inverted_in_note"
    AUTHOR_NAME_FORM = "author_name_form"
    AUTHOR_MISSPELLED = "author_misspelled"
    AUTHOR_SEPARATOR = "author_separator"
    ET_AL_MISUSE = "et_al_misuse"
    MISSING_CONTRIBUTOR = "missing_contributor"
    MISSING_CONTRIBUTOR_ROLE = "missing_contributor_role"
    MISSING_TITLE = "missing_title"
    TITLE_MISSPELLED = "title_misspelled"
    TITLE_CAPITALIZATION = "title_capitalization"
    TITLE_FORMAT = "title_format"
    MISSING_CONTAINER = "missing_container"
    CONTAINER_FORMAT = "container_format"
    MISSING_EDITION = "missing_edition"
    MISSING_PUBLISHER = "missing_publisher"
    PUBLISHER_NOT_NEEDED = "publisher_not_needed"
    PLACE_NOT_NEEDED = "place_not_needed"
    MISSING_DATE = "missing_date"
    WRONG_DATE = "wrong_date"
    DATE_FORM = "date_form"
    MISSING_ACCESS_DATE = "missing_access_date"
    MISSING_ORIGINAL_DATE = "missing_original_date"
    MISSING_VOLUME_ISSUE = "missing_volume_issue"
    VOLUME_ISSUE_FORM = "volume_issue_form"
    MISSING_PAGES = "missing_pages"
    WRONG_PAGES = "wrong_pages"
    PAGE_LABEL = "page_label"
    MISSING_URL = "missing_url"
    URL_TRACKING = "url_tracking"
    DOI_FORM = "doi_form"
    RETRIEVED_FROM_MISUSE = "retrieved_from_misuse"
    MISSING_DESCRIPTION = "missing_description"
    OBSOLETE_MEDIUM = "obsolete_medium"
    ELEMENT_ORDER = "element_order"
    PUNCTUATION = "punctuation"
    STYLE_MIXING = "style_mixing"
    URL_ONLY = "url_only"
    ALPHABETICAL_ORDER = "alphabetical_order"


@dataclass(frozen=True)
class Fault:
    """One fault; `start` and `end` count letters of the entry as it was given, `rule` says where the style guide has it."""

    code: Code
    message: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True)
class Checked:
    """What is wrong, the weightiest first; and, where nothing is, other right ways to write it (HTML)."""

    faults: tuple[Fault, ...] = ()
    also_right: tuple[str, ...] = ()
    why_not: str = ""


SOFT = {Code.PUNCTUATION}
"""Said last, and only if nothing else explains it."""
