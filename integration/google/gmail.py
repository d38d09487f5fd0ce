"""Gmail, for one thing: to send a letter as the librarian. With this permission nobody can read any mail, not even what was sent.

https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send
"""

import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from integration.errors import Refused, SignInNeeded
from integration.google.call import Carriage, write
from integration.google.classroom import Unplugged
from integration.google.wire import Wire

REFUSED = "Gmail did not take the letter. Nothing was sent. Look at the address, or copy the letter into your own mail."
SWITCHED_OFF = ("The Gmail API is not switched on in the Google project. Nothing was sent; whoever runs Throughline can "
                "switch it on.")


class Gmail:
    """One librarian's outgoing mail. `renew` gives a fresh access token when Google does not take the present one."""

    def __init__(self, wire: Wire, access_token: str, *, root: str, renew: Callable[[str], str]) -> None:
        self._wire = wire
        self._access_token = access_token
        self._messages = messages(root)
        self._renew = renew

    def send(self, letter: bytes) -> None:
        """Send an e-mail (RFC 5322), once. Raises SignInNeeded, Refused or Busy when it surely did not go, else Unsure."""
        try:
            self._send(letter)
        except SignInNeeded as error:
            if error.status != 401:
                raise
            # A token that Google does not take sent nothing, so the letter may be handed over with a fresh one.
            self._access_token = self._renew(self._access_token)
            self._send(letter)

    def _send(self, letter: bytes) -> None:
        request = self._messages.send(userId="me", body={"raw": base64.urlsafe_b64encode(letter).decode()}, fields="id")
        try:
            write(request, Carriage(self._wire, self._access_token))
        except Refused as error:
            raise Refused(SWITCHED_OFF if error.reason == "SERVICE_DISABLED" else REFUSED, reason=error.reason,
                          status=error.status) from error


@cache
def messages(root: str) -> Any:
    """The client of Gmail's messages for `root` (empty: Google itself)."""
    document = json.loads(get_static_doc("gmail", "v1"))
    if root:
        document.update(rootUrl=f"{root}/", baseUrl=f"{root}/{document['servicePath']}")
    document.pop("mtlsRootUrl", None)
    return build_from_document(document, http=Carriage(Unplugged(), "")).users().messages()
