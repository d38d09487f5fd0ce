"""The JSON API: one file a room, same name, all under /api/v1."""

from flask import request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.openapi import OpenAPI

from integration.errors import Invalid
from web.api import (
    audit,
    bring,
    classes,
    co_plans,
    collections,
    deliveries,
    document,
    goals,
    idempotency,
    kits,
    ladder,
    partnerships,
    pauses,
    pd,
    plans,
    proposals,
    reach,
    reports,
    resources,
    series,
    sources,
    syncs,
    teachers,
    thanks,
    weeks,
    wins,
)
from web.api.shapes import ROOT

ROOMS = (syncs, classes, resources, collections, sources, kits, ladder, plans, deliveries, teachers, partnerships, co_plans,
         thanks, proposals, bring, reach, reports, goals, pd, weeks, series, pauses, wins, audit)


def mount(app: OpenAPI) -> None:
    """Put every room's paths on `app`."""
    api = APIBlueprint("api", __name__, url_prefix=ROOT)
    api.before_request(_must_be_an_object)
    api.before_request(idempotency.answered_before)
    api.after_request(idempotency.remember)
    for each in ROOMS:
        api.register_api(each.blueprint)
    api.register_blueprint(document.blueprint)
    document.describe(app)
    app.register_api(api)


def _must_be_an_object() -> None:
    """Anything sent must be JSON that can be read, and an object."""
    if request.get_data() and not isinstance(request.get_json(), dict):
        raise Invalid("Nothing was done. Send a JSON object, in braces.")
