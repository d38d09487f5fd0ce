"""The web application: every part, page and path, at one desk."""

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from integration.desk import Desk
from web import api, assets, cookies, errors, forms, gate, health, pages, security, words

BODY_AT_MOST = 1024 * 1024
PARTS = (cookies, security, health, gate, errors, words, forms)


def build(desk: Desk) -> OpenAPI:
    """Build the web application at this desk. Raises LookupError when a route does not say who may use it."""
    app = OpenAPI("web", info=Info(title="Throughline", version="1.0.0"), doc_ui=False, static_folder=None)
    app.extensions["desk"] = desk
    app.config.update(MAX_CONTENT_LENGTH=BODY_AT_MOST, MAX_FORM_MEMORY_SIZE=BODY_AT_MOST)
    for part in PARTS:
        part.prepare(app)
    for blueprint in (assets.blueprint, health.blueprint, *pages.BLUEPRINTS):
        app.register_blueprint(blueprint)
    api.mount(app)
    gate.require_declarations(app)
    return app
