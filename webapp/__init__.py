"""Throughline 贯通: suppliers, the company and its customers as one thread. The application factory."""

import importlib
import importlib.util
import logging
from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from flask_migrate import Migrate
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from . import config
from .kernel import cli as kernel_cli
from .kernel import web
from .kernel.db import db, guard
from .kernel.i18n import LOCALES
from .kernel.scanning.cli import scan

PACKAGES = (
    "identity",
    "offline",
    "notices",
    "partners",
    "catalog",
    "finance",
    "inventory",
    "purchasing",
    "planning",
    "sales",
    "crm",
    "portal",
    "insights",
    "onboarding",
)
"""The domain packages, from the ground floor up. A package's rooms are imported where they exist."""
ROOMS = ("models", "register", "jobs", "views", "cli")


logging.getLogger("psycopg").setLevel(logging.ERROR)  # an aborted pipeline is raised as well; once is enough


def create_app(given: dict[str, Any] | None = None) -> Flask:
    """The application. `given` overrides the environment's configuration (DATABASE_URL among it), for tests."""
    root = Path(__file__).resolve().parent.parent
    app = Flask(__name__, root_path=str(root), template_folder="templates", static_folder="static")
    app.config.update(config.settings(given))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    db.init_app(app)
    Migrate(app, db, directory=str(root / "migrations"))
    Babel(app, locale_selector=_locale)
    Htmx(app)
    web.install(app)
    for package in PACKAGES:
        for room in ROOMS:
            _open(app, package, room)
    app.cli.add_command(kernel_cli.database)
    app.cli.add_command(kernel_cli.verify)
    app.cli.add_command(kernel_cli.worker)
    app.cli.add_command(scan)
    with app.app_context():
        guard(db.session.session_factory, db.engine)
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        max_age=3600,
        immutable_file_test=lambda _path, url: "/build/" in url,
    )
    return app


def _open(app: Flask, package: str, room: str) -> None:
    """Import a room of a package where it has one, and mount the blueprints and commands in it."""
    name = f"{__name__}.{package}.{room}"
    if importlib.util.find_spec(name) is None:
        return
    module = importlib.import_module(name)
    for blueprint in getattr(module, "blueprints", ()):
        app.register_blueprint(blueprint)
    for command in getattr(module, "commands", ()):
        app.cli.add_command(command)


def _locale() -> str:
    """The reader's language: the user's choice, else this browser's, else what it wishes for. Commands: English."""
    if not has_request_context():
        return "en"
    actor = g.get("actor")
    chosen = (actor.user.locale if actor else None) or request.cookies.get("locale")
    if chosen not in LOCALES:
        wish = request.accept_languages.best_match(["zh-CN", "zh-Hans", "zh", "zh-TW", "en"], "en")
        chosen = "zh-Hans" if wish.startswith("zh") else "en"
    return chosen.replace("-", "_")
