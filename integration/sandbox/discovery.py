"""Google's own description of Classroom, Drive's files, spreadsheets and sending mail: which routes there are, what each takes.

The document is the one inside google-api-python-client; what it does not allow, Google answers with 400.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from werkzeug.datastructures import MultiDict

from integration.sandbox.refusal import Refusal, not_in_the_document

Schema = Mapping[str, Any]
CLASSROOM, DRIVE, GMAIL, SHEETS = "classroom.v1", "drive.v3", "gmail.v1", "sheets.v4"
WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Method:
    """One method of the API; `name` such as `courses.topics.create`."""

    name: str
    verb: str
    path: re.Pattern[str]
    parameters: Mapping[str, Schema]
    scopes: frozenset[str]
    takes: str
    gives: str


@cache
def document(api: str = CLASSROOM) -> dict[str, Any]:
    """The discovery document of an API."""
    path = resources.files("googleapiclient.discovery_cache") / "documents" / f"{api}.json"
    known: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return known


@cache
def methods() -> tuple[Method, ...]:
    """Every method of Classroom, Drive's files (uploads by both paths) and spreadsheets, and the one of Gmail that sends."""
    mail = document(GMAIL)["resources"]["users"]["resources"]["messages"]["methods"]["send"]
    files = document(DRIVE)["resources"]["files"]["methods"]
    # A path of one word is tried before the one that takes any word in its place: generateIds is no file's id.
    told = sorted(files.values(), key=lambda about: "{" in about["path"])
    uploads = [{**about, "path": about["mediaUpload"]["protocols"]["simple"]["path"], "flatPath": ""}
               for about in told if "mediaUpload" in about]
    return (*_methods(document()["resources"]), _method(mail, document(GMAIL)["parameters"]),
            *(_method(about, document(DRIVE)["parameters"], document(DRIVE)["servicePath"]) for about in told),
            *(_method(about, document(DRIVE)["parameters"]) for about in uploads),
            *(_method(about, document(SHEETS)["parameters"])
              for about in document(SHEETS)["resources"]["spreadsheets"]["methods"].values()))


def find(verb: str, path: str) -> tuple[Method, dict[str, str]]:
    """The method a request is for, with what its path says. Raises Refusal (404) when there is none."""
    for method in methods():
        match = method.path.fullmatch(path)
        if match and method.verb == verb:
            return method, {name: value for name, value in match.groupdict().items() if value}
    raise Refusal("NOT_FOUND", "Method not found.")


def check(method: Method, query: MultiDict[str, str], body: Any) -> None:
    """Raise Refusal (400) for whatever the document does not allow in a request."""
    faults = [*_query_faults(method, query)]
    if body is not None and not method.takes:
        faults.append("A body was sent to a method that takes none.")
    if method.takes:
        faults += _value_faults({"$ref": method.takes}, body if body is not None else {}, "")
    if faults:
        raise not_in_the_document(*faults)


def schema(name: str) -> Schema:
    """The properties of one of the document's schemas."""
    api = next(api for api in (CLASSROOM, DRIVE, GMAIL, SHEETS) if name in document(api)["schemas"])
    properties: Schema = document(api)["schemas"][name].get("properties", {})
    return properties


def _methods(tree: Mapping[str, Any]) -> Iterator[Method]:
    for resource in tree.values():
        for about in resource.get("methods", {}).values():
            yield _method(about, document()["parameters"])
        yield from _methods(resource.get("resources", {}))


def _method(about: Mapping[str, Any], everywhere: Mapping[str, Any], service: str = "") -> Method:
    said = f"{service}{about.get('flatPath') or about['path']}".removeprefix("/")
    path = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(said))
    return Method(
        name=about["id"].removeprefix("classroom."), verb=about["httpMethod"], path=re.compile(f"/{path}"),
        parameters={**everywhere, **about.get("parameters", {})}, scopes=frozenset(about.get("scopes", ())),
        takes=about.get("request", {}).get("$ref", ""), gives=about.get("response", {}).get("$ref", ""))


def _query_faults(method: Method, query: MultiDict[str, str]) -> Iterator[str]:
    for name, values in query.lists():
        known = method.parameters.get(name)
        if known is None or known.get("location") != "query":
            yield f'Unknown name "{name}": Cannot bind query parameter. Field \'{name}\' could not be found in request message.'
            continue
        if len(values) > 1 and not known.get("repeated"):
            yield f"Invalid value at '{name}', Proto field is not repeating, cannot start list."
        for value in values:
            yield from _text_faults(known, value, name)


def _text_faults(known: Schema, value: str, name: str) -> Iterator[str]:
    if known["type"] == "integer" and not WHOLE.fullmatch(value):
        yield f"Invalid value at '{name}' (TYPE_INT32), \"{value}\""
    if known["type"] == "boolean" and value.lower() not in {"true", "false", "1", "0"}:
        yield f"Invalid value at '{name}' (TYPE_BOOL), \"{value}\""
    if "enum" in known and value not in known["enum"]:
        yield f"Invalid value at '{name}' (TYPE_ENUM), \"{value}\""


def _value_faults(known: Schema, value: Any, at: str) -> Iterator[str]:
    if "$ref" in known:
        yield from _object_faults(known["$ref"], value, at)
    elif known.get("type") == "array":
        yield from _list_faults(known, value, at)
    elif not _is_of(known, value):
        yield f"Invalid value at '{at}' ({known.get('format') or known['type']}), {json.dumps(value)}"


def _object_faults(name: str, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"Invalid value at '{at}' ({name}), {json.dumps(value)}"
        return
    known = {spelling: field for key, field in schema(name).items() for spelling in (key, snake(key))}
    for key, inner in value.items():
        here = f"{at}.{key}" if at else key
        if key not in known:
            yield f'Unknown name "{key}" at \'{at or "body"}\': Cannot find field.'
        elif inner is not None:
            yield from _value_faults(known[key], inner, here)


def _list_faults(known: Schema, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"Invalid value at '{at}' (list), {json.dumps(value)}"
        return
    for index, each in enumerate(value):
        yield from _value_faults(known["items"], each, f"{at}[{index}]")


def _is_of(known: Schema, value: Any) -> bool:
    match known["type"]:
        case "string":
            return isinstance(value, str) and _is_word_of(known, value)
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return True


def _is_word_of(known: Schema, value: str) -> bool:
    if "enum" in known:
        return value in known["enum"]
    return known.get("format") != "google-datetime" or is_moment(value)


def is_moment(value: str) -> bool:
    """Whether this is a time with its offset, as RFC 3339 has it."""
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def snake(name: str) -> str:
    """The proto spelling of a field: scheduledTime → scheduled_time."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
