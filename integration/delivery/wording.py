"""The exact words of a post: what she wrote, and one paragraph that says who shared it and that it may be changed."""

from integration.curation.contents import Contents
from integration.google.seen import Kind


def wording(kind: str, what: Contents, *, librarian: str, course: str) -> str:
    """The text of a post. An announcement has no title of its own, so its text begins with it."""
    head = [what.title] if kind == Kind.ANNOUNCEMENT else []
    return "\n\n".join(part for part in [*head, what.body, attribution(librarian, course)] if part)


def attribution(librarian: str, course: str) -> str:
    """Who shared it and for whom, and that the teacher may do with it as she likes."""
    return (f"Shared by {librarian}, school librarian, for {course or 'this class'}. "
            "Edit or remove freely; what you change is never overwritten.")
