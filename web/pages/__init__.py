"""The pages: one file a room, same name. Each reads a form, calls one use case, and renders or redirects."""

from flask import Blueprint

from web.pages import (
    account,
    audit,
    classes,
    collections,
    connect,
    deliveries,
    home,
    partnerships,
    plans,
    privacy,
    reach,
    resources,
    syncs,
    to,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    connect.blueprint,
    account.blueprint,
    classes.blueprint,
    syncs.blueprint,
    collections.blueprint,
    resources.blueprint,
    plans.blueprint,
    deliveries.blueprint,
    reach.blueprint,
    partnerships.blueprint,
    audit.blueprint,
    privacy.blueprint,
    to.blueprint,
)
"""Every page's blueprint, in the order of the menu."""
