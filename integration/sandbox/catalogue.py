"""A pretend Open Library and DOI resolver with two books and an article, so that the demo can look a source up offline.

https://openlibrary.org/dev/docs/api/books and https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/
"""

import json
from typing import Any

from werkzeug import Request, Response

DOIS = "/_catalogue/doi"
BOOKS: dict[str, dict[str, Any]] = {
    "9780140328721": {"title": "Fantastic Mr. Fox", "authors": [{"name": "Roald Dahl"}], "publishers": [{"name": "Puffin"}],
                      "publish_date": "October 1, 1988"},
    "9780439023481": {"title": "The Hunger Games", "authors": [{"name": "Suzanne Collins"}],
                      "publishers": [{"name": "Scholastic Press"}], "publish_date": "2008"},
}
WORKS: dict[str, dict[str, Any]] = {
    "10.1126/science.169.3946.635": {
        "type": "journal-article", "title": "The Structure of Ordinary Water", "container-title": "Science", "volume": "169",
        "issue": "3946", "page": "635-641", "issued": {"date-parts": [[1970, 8, 14]]},
        "author": [{"given": "Henry S.", "family": "Frank", "sequence": "first", "affiliation": []}]},
}


def handle(request: Request) -> Response | None:
    """What the catalogues answer; nothing when the path is not theirs."""
    if request.path == "/api/books":
        key = request.args.get("bibkeys", "")
        found = BOOKS.get(key.removeprefix("ISBN:"))
        return Response(json.dumps({key: found} if found else {}), content_type="application/json")
    if request.path.startswith(f"{DOIS}/"):
        work = WORKS.get(request.path.removeprefix(f"{DOIS}/"))
        return Response(json.dumps(work), content_type="application/vnd.citationstyles.csl+json") if work else Response(status=404)
    return None
