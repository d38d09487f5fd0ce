"""A letter to the district's IT, ready to send: which app, which permissions, and why."""

from integration.desk import Desk
from integration.google.scopes import FILING, SCOPES, SENDING


def it_letter(desk: Desk) -> str:
    """The letter, made from the very settings and scopes this program runs with."""
    settings = desk.settings
    asked = "\n".join(f"  - {scope.name}\n    {scope.title}{' (optional)' if scope.optional else ''}: {scope.why}"
                      for scope in SCOPES)
    return (
        "Dear colleagues,\n\n"
        "our school library uses Throughline to put the librarian’s resources into Google Classroom classes, with each "
        "teacher’s agreement. Google says that our domain does not allow the app. Would you please review it and, if you "
        "agree, mark it as trusted for STAFF accounts only (Admin console: Security > Access and data control > API controls > "
        "Manage app access > Configure new app)? Please also see that Google Classroom and its API are on for staff.\n\n"
        f"OAuth client ID: {settings.google_client_id}\n"
        f"Address of the app: {settings.origin}\n"
        f"Redirect address: {settings.origin}/oauth/callback\n\n"
        f"Permissions it asks for:\n{asked}\n\n"
        f"Only if the librarian chooses to send letters to teachers from her own Gmail:\n  - {SENDING.name}\n\n"
        f"Only if she chooses to have citation kits as Google Docs; it reaches no file but those the app made:\n"
        f"  - {FILING.name}\n\n"
        "It asks for no permission to see grades, students’ work, guardians or mail, nor any other file in Drive. "
        f"Students never sign in, and no student’s name is stored. What it keeps and for how long: {settings.origin}/privacy\n\n"
        "Thank you!"
    )
