"""Citing on the command line: print sources in a style, and check what a student wrote."""

import json
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import click

from integration.citations.batch import read_batch
from integration.citations.check import Asked, check
from integration.citations.check_list import Line, check_list
from integration.citations.cite import Citation
from integration.citations.cite import cite as print_in_style
from integration.citations.faults import Fault
from integration.citations.items import Item
from integration.citations.known import learn
from integration.citations.sources import read_sources
from integration.citations.styles import Style
from integration.errors import Invalid

STYLE = click.option("--style", type=click.Choice([style.value for style in Style]), help="The style to cite in.")


class Citing(click.Group):
    """`cite FILE` prints; `cite check` checks."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_named = args[:1] in (["check"], ["print"], ["-h"], ["--help"])
        return super().parse_args(ctx, args if is_named else ["print", *args])


@click.group(cls=Citing)
def cite() -> None:
    """Print the sources of a CSL-JSON file in a style: `cite --style mla9 FILE`."""


@cite.command("print", hidden=True)
@STYLE
@click.argument("file", type=click.File(encoding="utf-8"))
def print_(style: str | None, file: TextIO) -> None:
    """Print each source of FILE, a CSL-JSON array, as JSON: id, html, text; and the reason where the style lists no such source."""
    citations = print_in_style(read_sources(_text(file)), _style(style))
    click.echo(json.dumps([_shown(one) for one in citations], ensure_ascii=False, indent=1))
    for one in citations:
        if one.why_not:
            click.echo(f"{one.id}: {one.why_not}", err=True)


@cite.command("check")
@STYLE
@click.option("--sources", type=click.File(encoding="utf-8"), required=True, help="The sources, a CSL-JSON array.")
@click.option("--source", "source_id", help="The id of the source the entry cites.")
@click.option("--list", "is_list", is_flag=True, help="One entry a line; judges their order too.")
@click.option("--batch", type=click.File(encoding="utf-8"), help="A JSON array of {id, style, source, markup, entry}.")
def check_(style: str | None, sources: TextIO, source_id: str | None, is_list: bool, batch: TextIO | None) -> None:
    """Check what a student wrote (standard input, HTML with <i> or plain) against its source; prints the faults as JSON."""
    items = read_sources(_text(sources))
    if batch is not None:
        _say(_checked_batch(items, _text(batch)))
    elif is_list:
        _say(_checked_list(items, _style(style)))
    elif source_id is None:
        raise click.UsageError("Say which source the entry cites, --source ID; or --list for a whole list, or --batch FILE.")
    else:
        _say(_checked_one(items, _style(style), source_id))


def _checked_one(items: Sequence[Item], style: Style, source_id: str) -> dict[str, Any]:
    wanted = [item for item in items if str(item["id"]) == source_id]
    done = check(learn(wanted, [style]), Asked(source_id, style, sys.stdin.read()))
    return {"faults": [_fault(fault) for fault in done.faults]} | ({"reason": done.why_not} if done.why_not else {})


def _checked_list(items: Sequence[Item], style: Style) -> dict[str, Any]:
    lines = check_list(learn(items, [style]), style, sys.stdin.read())
    return {"faults": [_fault(fault) for line in lines for fault in line.faults], "entries": [_line(line) for line in lines]}


def _checked_batch(items: Sequence[Item], text: str) -> list[dict[str, Any]]:
    asked = read_batch(text)
    used = {each.source_id for _id, each in asked}
    known = learn([item for item in items if str(item["id"]) in used], list({each.style for _id, each in asked}))
    return [{"id": id, "faults": [_fault(fault) for fault in check(known, each).faults]} for id, each in asked]


def _line(line: Line) -> dict[str, Any]:
    return {"line": line.number, "source": line.source_id or None, "faults": [_fault(fault) for fault in line.faults]}


def _fault(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code.value, "message": fault.message, "start": fault.start, "end": fault.end, "rule": fault.rule}


def _say(answer: Any) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def _shown(one: Citation) -> dict[str, str]:
    return {"id": one.id, "html": one.html, "text": one.text} | ({"reason": one.why_not} if one.why_not else {})


def _style(style: str | None) -> Style:
    if style is None:
        raise click.UsageError("Say which style: --style " + ", ".join(style.value for style in Style) + ".")
    return Style(style)


def _text(file: TextIO) -> str:
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise Invalid(f"{file.name} is not written in UTF-8, so it was not read. Save it as UTF-8 and try again.") from error
