"""The two pages of Google's sign-in: who is it, and what may the app do? They end with a code on its way to the app.

https://developers.google.com/identity/protocols/oauth2/web-server#obtainingaccesstokens
"""

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug import Request, Response
from werkzeug.datastructures import MultiDict

from integration.sandbox import asked as asking
from integration.sandbox import permissions, sign_in_page
from integration.sandbox.asked import Asked, Stopped
from integration.sandbox.exchange import Codes, Consent
from integration.sandbox.world import Person, World

AUTHORIZE = "/o/oauth2/v2/auth"
CONSENT = "/signin/oauth/consent"
ACCOUNTS_SHOWN = 8
BLOCKED = "Your institution’s admin has not allowed this app, so it may not reach the data of your account."
INTERNAL = "This app can only be used by people of the organization that made it."


class FrontDoor:
    """Lets people choose an account and allow an app; `only_for` keeps an Internal app to its own Workspace domain."""

    def __init__(self, world: World, codes: Codes, *, client_id: str, redirects: Callable[[str], bool], app: str,
                 only_for: str) -> None:
        self.world = world
        self.redirects = redirects
        self.only_for = only_for
        self.app = app
        self._codes = codes
        self._client_id = client_id

    def approve(self, url: str, person: Person, untick: Collection[str]) -> str:
        asked, left_out = self._read(url), {permissions.full_name(name) for name in untick}
        try:
            self._admit(person, asked)
        except Stopped as stopped:
            if stopped.back:
                return stopped.back
            raise
        return self._allowed(person, asked, frozenset(self._boxes(person, asked)) - left_out)

    def refuse(self, url: str) -> str:
        return self._read(url).back(error="access_denied")

    def authorize(self, request: Request) -> Response:
        """The first page: who is it? A login_hint that names somebody answers the question."""
        asked = asking.read(request.args, self._client_id, self.redirects)
        if request.method == "POST":
            return self._chosen(request, asked)
        hinted = self._person(asked.login_hint)
        if "none" in asked.prompts:
            return _go(self._unasked(hinted, asked))
        if hinted is None or "select_account" in asked.prompts:
            return sign_in_page.accounts_page(self.app, self._people(asked), _same(request))
        if self._is_settled(hinted, asked):
            self._admit(hinted, asked)
            return _go(self._allowed(hinted, asked, frozenset()))
        return _go(_consent_address(request, hinted))

    def _chosen(self, request: Request, asked: Asked) -> Response:
        person = self._person(request.form.get("account", "") or request.form.get("email", "").strip())
        if person is None:
            return sign_in_page.accounts_page(self.app, self._people(asked), _same(request),
                                              complaint="Couldn’t find that account in the pretend Google.")
        return _go(_consent_address(request, person))

    def consent(self, request: Request) -> Response:
        """The second page: what may the app do? Its decision sends the browser back to the app."""
        query = MultiDict([pair for pair in request.args.items(multi=True) if pair[0] != "authuser"])
        asked = asking.read(query, self._client_id, self.redirects)
        person = self._person(request.args.get("authuser", ""))
        if person is None:
            raise Stopped("invalid_request", "Missing required parameter: authuser")
        self._admit(person, asked)
        if request.method != "POST":
            boxes = () if self._is_settled(person, asked) else self._boxes(person, asked)
            return sign_in_page.consent_page(self.app, person, asked, boxes, _same(request))
        if request.form.get("decision") != "allow":
            return _go(asked.back(error="access_denied"))
        return _go(self._allowed(person, asked, frozenset(request.form.getlist("scope"))))

    def _admit(self, person: Person, asked: Asked) -> None:
        """Stop those whose administrator, or the app's own limits, keep them out."""
        if person.is_blocked:
            raise Stopped("admin_policy_enforced", BLOCKED, back=asked.back(error="admin_policy_enforced"))
        if self.only_for and person.domain != self.only_for:
            raise Stopped("org_internal", INTERNAL, status=403)

    def _boxes(self, person: Person, asked: Asked) -> tuple[str, ...]:
        """The scopes with a tick box; what was granted before is not asked again of an app that joins its grants."""
        if not asked.joins_granted or "consent" in asked.prompts:
            return asked.tickable
        granted = self.world.granted(person, self._client_id)
        return tuple(name for name in asked.tickable if name not in granted)

    def _is_settled(self, person: Person, asked: Asked) -> bool:
        """Whether she allowed all of this before and the app does not insist on asking again."""
        granted = self.world.granted(person, self._client_id)
        return bool(granted) and set(asked.scopes) <= granted and "consent" not in asked.prompts

    def _allowed(self, person: Person, asked: Asked, ticked: frozenset[str]) -> str:
        """Write her consent on a code and send it to the app. Nothing ticked and nothing else asked is a refusal."""
        is_settled = self._is_settled(person, asked)
        granted = self.world.granted(person, self._client_id)
        scopes = frozenset(name for name in asked.scopes
                           if is_settled or name in ticked or permissions.is_sign_in(name))
        if asked.joins_granted:
            scopes |= granted
        if not scopes:
            return asked.back(error="access_denied")
        code = self._codes.give(Consent(person, asked, scopes, was_asked=not is_settled, given_at=self.world.now()))
        domain = {"hd": person.domain} if person.domain else {}
        return asked.back(code=code, scope=permissions.answered(scopes), authuser="0", **domain,
                          prompt="none" if is_settled else "consent")

    def _unasked(self, hinted: Person | None, asked: Asked) -> str:
        """The answer to prompt=none: a code at once, or why a page would have been needed."""
        if hinted is None:
            return asked.back(error="interaction_required", error_subtype="access_denied")
        self._admit(hinted, asked)
        if not self._is_settled(hinted, asked):
            return asked.back(error="consent_required")
        return self._allowed(hinted, asked, frozenset())

    def _read(self, url: str) -> Asked:
        query = MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        return asking.read(query, self._client_id, self.redirects)

    def _person(self, name: str) -> Person | None:
        """Somebody by e-mail address or Google id; students have no business here."""
        person = self.world.people_by_email.get(name.lower()) or self.world.people.get(name)
        return person if person and person.kind != "student" else None

    def _people(self, asked: Asked) -> list[Person]:
        return list(islice(self._signed_in(asked.hosted_domain), ACCOUNTS_SHOWN))

    def _signed_in(self, domain: str) -> Iterator[Person]:
        """Who this pretend browser is signed in as: the grown-ups of the world, or of the hosted domain asked for."""
        for person in self.world.people.values():
            is_in = not domain or person.domain == domain or (domain == "*" and bool(person.domain))
            if is_in and person.kind != "student":
                yield person


def _consent_address(request: Request, person: Person) -> str:
    return f"{CONSENT}?{urlencode([*request.args.items(multi=True), ('authuser', person.google_id)])}"


def _same(request: Request) -> str:
    return f"{request.path}?{request.query_string.decode()}"


def _go(address: str) -> Response:
    quiet = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(status=302, headers={"Location": address, **quiet})
