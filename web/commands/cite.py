"""Citing on the command line: print sources in a style, and check what a student wrote."""

import json
from typing import TextIO

import click

from integration.citations.cite import Citation
from integration.citations.cite import cite as print_in_style
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
