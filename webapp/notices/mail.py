"""E-mail, where a server for it is set (SMTP_URL, MAIL_FROM): plain text, over TLS."""

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from webapp.kernel import calendar

from .installed import here
from .sending import SENT, Result

TIMEOUT = 15
LOCAL = {"localhost", "127.0.0.1", "::1"}


def configured() -> bool:
    """Whether this installation sends mail."""
    return bool(here().smtp_url and here().mail_from)


def is_address(text: str) -> bool:
    """Whether `text` can be an e-mail address."""
    local, at, domain = text.rpartition("@")
    if not at or not local or "." not in domain or len(text) > 200 or not text.isascii():
        return False
    try:
        Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return True


def send(to: str, subject: str, text: str, *, stop: str = "") -> Result:
    """Send one message to one address. `stop` is the page where it can be switched off."""
    if not configured():
        return Result("failed", "no mail server is set")
    message = _message(to, subject, text, stop)
    server: smtplib.SMTP | None = None
    try:
        server = _open()
        server.send_message(message, here().mail_from, [to])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        return Result("waiting" if all(400 <= code < 500 for code in codes) else "failed", f"refused {codes}")
    except smtplib.SMTPResponseException as error:
        return Result("waiting" if error.smtp_code < 500 else "failed", f"{error.smtp_code}")
    except (smtplib.SMTPException, OSError) as error:
        return Result("waiting", type(error).__name__)
    finally:
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
    return SENT


def _message(to: str, subject: str, text: str, stop: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = here().mail_from, to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(calendar.now())
    message["Message-ID"] = make_msgid(domain=here().mail_from.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
    message.set_content(text, cte="base64" if not text.isascii() else None)
    return message


def _open() -> smtplib.SMTP:
    """A session with the server: smtps:// is TLS from the start; smtp:// begins it, but for this very machine."""
    parts = urlsplit(here().smtp_url)
    host, local = parts.hostname or "localhost", (parts.hostname or "localhost") in LOCAL
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)
        server.ehlo()
        if not local or server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
