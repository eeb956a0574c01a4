"""The service worker, the manifest, and the page for what is not on this phone."""

from pathlib import Path

from flask import Response, current_app, jsonify

from webapp.kernel.i18n import _
from webapp.kernel.web import asset, page, public, url_for

from .blueprint import blueprint

STANDING_DOWN = "standing-down.js"


@blueprint.get("/sw.js")
@public
def worker() -> Response:
    """The worker; with OFFLINE=off the one that takes itself away with its caches, on every phone that asks."""
    name = "sw.js" if current_app.config["OFFLINE"] else STANDING_DOWN
    built = Path(current_app.static_folder or "static") / "build" / asset(name).rsplit("/", 1)[-1]
    response = Response(built.read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What the phone needs to install it, in the reader's language, with the dock's places as shortcuts."""

    def icon(name: str, size: str, purpose: str = "any", kind: str = "image/png") -> dict[str, str]:
        address = url_for("static", filename=f"icons/{name}")
        return {"src": address, "sizes": size, "type": kind, "purpose": purpose}

    response = jsonify(
        name=_("Throughline"),
        short_name=_("Throughline"),
        description=_("Suppliers, stock, customers and books on one thread"),
        id="/",
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#f3f4f7",
        theme_color="#f3f4f7",
        icons=[
            icon("icon-192.png", "192x192"),
            icon("icon-512.png", "512x512"),
            icon("maskable-512.png", "512x512", "maskable"),
            icon("mark.svg", "any", kind="image/svg+xml"),
        ],
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/offline")
@public
def not_here() -> str:
    """What the worker shows for a page that is not on this phone."""
    return page("offline/not_here.html")
