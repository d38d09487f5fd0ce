"""Take a sentence out of every letter to all that has not gone, because somebody does not want to be named in it any more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.letters.models import Letter, LetterState
from integration.letters.words import kept, read_parts

ON_THEIR_WAY = (LetterState.SENT, LetterState.SENDING)


def strike(session: Session, school_id: str, sentence: str) -> None:
    """Strike the paragraphs that are this sentence; what has gone has gone."""
    to_all = select(Letter).where(Letter.school_id == school_id, Letter.person == f"school:{school_id}")
    for row in session.scalars(to_all.where(Letter.state.not_in(ON_THEIR_WAY)).with_for_update()):
        parts = read_parts(row.words)
        left = [part for part in parts if part.text != sentence]
        if len(left) < len(parts):
            row.words = kept(left)
