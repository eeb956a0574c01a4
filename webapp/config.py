"""Configuration, from the environment alone. `VAR_DIR` is the folder of all that is written."""

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from .kernel.db import as_application
from .kernel.postgres import database_url

ROOT = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """The folder of database, uploads and secrets (`VAR_DIR`, default `var/`); made if missing."""
    path = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def settings(given: dict[str, Any] | None = None) -> dict[str, Any]:
    """Flask's configuration; `given` overrides it, for tests."""
    given = given or {}
    owner = given.get("DATABASE_URL") or database_url()
    base = os.environ.get("BASE_URL") or f"http://localhost:{os.environ.get('PORT', '8000')}"
    return {
        "OWNER_DATABASE_URL": owner,
        "SQLALCHEMY_DATABASE_URI": os.environ.get("APP_DATABASE_URL") or as_application(owner),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": 4,
            "max_overflow": 4,
            "connect_args": {"prepare_threshold": 1},
        },
        "SECRET_KEY": given.get("SECRET_KEY") or os.environ.get("SECRET_KEY") or secret_key(),
        "BASE_URL": base.rstrip("/"),
        "OFFLINE": os.environ.get("OFFLINE", "on") != "off",
        "VAPID_KEY": given.get("VAPID_KEY") or os.environ.get("VAPID_KEY") or vapid_key(),
        "SMTP_URL": os.environ.get("SMTP_URL", ""),
        "MAIL_FROM": os.environ.get("MAIL_FROM", ""),
        "PROXIES": int(os.environ.get("PROXIES", "0")),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": base.startswith("https://"),
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": base.startswith("https://"),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": ";".join(str(path) for path in sorted(ROOT.glob("webapp/*/translations"))),
        "TEMPLATES_AUTO_RELOAD": False,
    } | {key: value for key, value in given.items() if key != "DATABASE_URL"}


def secret_key() -> str:
    """The key that signs cookies, made once and kept in `VAR_DIR/secret_key`."""
    return _made_once("secret_key", lambda: secrets.token_urlsafe(48))


def vapid_key() -> str:
    """The key by which push services know this installation, made once and kept in `VAR_DIR/vapid_key`.

    A private key on P-256, its 32 bytes in base64url. Another one would end every subscription there is.
    """
    return _made_once("vapid_key", lambda: base64.urlsafe_b64encode(_p256()).decode().rstrip("="))


def _p256() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big")


def _made_once(name: str, make: Callable[[], str]) -> str:
    """A secret of this installation: of several processes that start at once, one makes it."""
    path = var_dir() / name
    if not path.exists():
        fresh = path.with_name(f".{name}-{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(make())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
