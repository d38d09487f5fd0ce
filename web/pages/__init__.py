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
    kits,
    letters,
    partnerships,
    pauses,
    plans,
    practice,
    privacy,
    reach,
    resources,
    series,
    sources,
    syncs,
    teachers,
    to,
    weeks,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    connect.blueprint,
    account.blueprint,
    classes.blueprint,
    syncs.blueprint,
    collections.blueprint,
    resources.blueprint,
    sources.blueprint,
    kits.blueprint,
    plans.blueprint,
    deliveries.blueprint,
    reach.blueprint,
    partnerships.blueprint,
    teachers.blueprint,
    letters.blueprint,
    weeks.blueprint,
    series.blueprint,
    pauses.blueprint,
    audit.blueprint,
    privacy.blueprint,
    to.blueprint,
    practice.blueprint,
)
"""Every page's blueprint, in the order of the menu."""
