"""The pages: one file a room, same name. Each reads a form, calls one use case, and renders or redirects."""

from flask import Blueprint

from web.pages import account, classes, connect, home, privacy, syncs

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    connect.blueprint,
    account.blueprint,
    classes.blueprint,
    syncs.blueprint,
    privacy.blueprint,
)
"""Every page's blueprint, in the order of the menu."""
