"""The headers every answer carries, whatever it says."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from integration.desk import Desk

GOOGLE_SIGN_IN = "https://accounts.google.com"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR = "max-age=31536000; includeSubDomains"


def prepare(app: Flask) -> None:
    """Put the headers on every answer of `app`."""
    at: Desk = app.extensions["desk"]
    policy = content_policy(at.settings.google_root or GOOGLE_SIGN_IN)

    def add(response: Response) -> Response:
        response.headers.update(ALWAYS)
        response.headers["Content-Security-Policy"] = policy
        if at.settings.behind_tls:
            response.headers["Strict-Transport-Security"] = A_YEAR
        if request.blueprint != "assets":
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(add)


def content_policy(sign_in_root: str) -> str:
    """Our own files and nothing else; a form may go on to Google's sign-in page."""
    parts = urlsplit(sign_in_root)
    return ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            f"form-action 'self' {parts.scheme}://{parts.netloc}; frame-ancestors 'none'; base-uri 'none'")
