"""What she typed and what was wrong with it, kept beside each other until she has put it right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Flask, g, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from integration.errors import Invalid

View = Callable[..., ResponseReturnValue]
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Form:
    """A form as it came back: her values, and one sentence for each field that cannot be used."""

    values: MultiDict[str, str] = field(default_factory=MultiDict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    is_back: bool = False
    """Whether it was sent and came back, so that her values count and not the ones we would offer."""

    def value(self, name: str, otherwise: Any = "") -> Any:
        """What she typed, else what we offer."""
        return self.values.get(name, "") if self.is_back else otherwise

    def chosen(self, name: str, otherwise: Any = ()) -> list[str]:
        """What she ticked, else what we would tick."""
        return self.values.getlist(name) if self.is_back else list(otherwise)

    def error(self, name: str) -> str:
        """What is wrong with this field, or nothing."""
        return self.errors.get(name, "")


def form() -> Form:
    """The form of this request; an empty one until something came back."""
    return g.get("form") or Form()


def or_show_again(show: View) -> Callable[[View], View]:
    """When the library says Invalid, answer 422 with `show`'s page: her values, and the sentence beside each field.

    `show` is called with what the view was called with; its template finds everything in `form`.
    """
    def wrap(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            try:
                return view(*args, **kwargs)
            except Invalid as error:
                g.form = Form(request.form if request.form else request.args, error.fields, str(error), is_back=True)
                return make_response(show(*args, **kwargs), 422)
        return answer
    return wrap


def local(address: str, otherwise: str = "/") -> str:
    """`address` if it is a path on this very site, else `otherwise`."""
    # A browser reads a backslash as a slash and drops tabs and line ends, so none may be in it.
    is_ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if is_ours and address.isprintable() and len(address) <= LONGEST_ADDRESS else otherwise


def prepare(app: Flask) -> None:
    """Let every template of `app` ask for the form."""
    app.context_processor(lambda: {"form": form()})
