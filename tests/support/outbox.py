"""A phone that queues: signed in by its cookie, its forms sent as a person would, its outbox read."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Error, Page
from sqlalchemy.orm import Session

from webapp.config import secret_key
from webapp.identity.verbs.sign_in import open_device
from webapp.kernel.perform import before_wall
from webapp.kernel.wall import Actor

from .bad_input import Sheet

LONGEST = 20_000  # ms
SAFARI = """
  for (const name of ['SyncManager', 'BarcodeDetector']) delete globalThis[name]
  for (const name of ['wakeLock', 'vibrate']) delete Navigator.prototype[name]
  if (globalThis.ServiceWorkerRegistration) delete ServiceWorkerRegistration.prototype.sync
"""
"""What Safari lacks, taken from a Chromium that stands for it."""
STARTS_AGAIN = 60  # seconds within which a killed server is there again, on a machine at work
PAUSE = 50  # ms between two looks

STILL = "/static/icons/mark.svg"
ENDED = {"sent", "needs", "shown"}
NUDGED = "new BroadcastChannel('nudge').onmessage = () => dispatchEvent(new Event('online'))"
STORE = """
  const ended = (asked) => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
    asked.onblocked = () => failed(new Error('blocked'))
  })
  const opened = async () => {
    const asked = indexedDB.open('throughline-outbox')
    asked.onupgradeneeded = () => asked.transaction.abort() // it is the application's to make
    const db = await ended(asked)
    db.onversionchange = () => db.close()
    return db
  }
"""
"""The phone's store as a bystander opens it, in no way of the application; every promise ends."""
READ = f"""async (op) => {{{STORE}
  const db = await opened().catch((error) => {{ if (error?.name !== 'AbortError') throw error }})
  if (!db) return op ? null : []
  const all = []
  try {{
    for (const name of db.objectStoreNames) all.push(...await ended(db.transaction(name).objectStore(name).getAll()))
  }} finally {{ db.close() }}
  return op ? all.find((row) => row.op === op) ?? null : all
}}"""
LEFT = f"""async (user) => {{{STORE}
  const db = await opened()
  try {{
    const rows = await ended(db.transaction('entries').objectStore('entries').index('user').getAll(user))
    return rows.filter((row) => row.state === 'waiting').length
  }} finally {{ db.close() }}
}}"""
"""How many entries of a user wait."""
WRITE = f"""async (rows) => {{{STORE}
  const db = await opened()
  try {{
    const writing = db.transaction('entries', 'readwrite'), store = writing.objectStore('entries')
    const written = new Promise((done, failed) => {{
      writing.oncomplete = () => done()
      writing.onabort = () => failed(writing.error)
    }})
    let seq = Math.max(0, ...(await ended(store.getAll())).map((row) => row.seq))
    for (const row of rows) store.put({{ ...row, seq: row.seq ?? ++seq }})
    await written
  }} finally {{ db.close() }}
}}"""
LIMITED = f"""(of) => Promise.race([
  (ASK)(of),
  new Promise((_, failed) => setTimeout(() => failed(new Error('the page does not answer')), {LONGEST})),
])"""
SEND = """([action, values]) => {
  const at = (element, address) => new URL(address, location.href).pathname === action
  const button = [...document.querySelectorAll('button[formaction]')].find((one) => at(one, one.formAction))
  let pressed = button
  const form = button?.form ?? [...document.forms].find((one) => one.method === 'post' && at(one, one.action))
  for (const [name, value] of values) {
    let control = form.elements.namedItem(name)
    if (control instanceof RadioNodeList) {
      control = [...control].find((one) => one.value === value) ?? [...control].find((one) => one.type !== 'radio')
    }
    if (control?.type === 'submit') pressed = control
    else if (!control) form.append(control = Object.assign(document.createElement('input'), { type: 'hidden', name }))
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = true
    else if (control.type !== 'submit') control.value = value
  }
  const plain = (one) => !('plain' in one.dataset) && !one.hasAttribute('formaction') && !one.name
  const own = [...form.elements].filter((one) => one.type === 'submit')
  const last = pressed ?? own.find(plain) ?? own[0]
  setTimeout(() => form.requestSubmit(last)) // answered first: the page may leave with it
  return form.elements.namedItem('op_id').value
}"""


def until(
    page: Page, ask: str, of: Any = None, fits: Callable[[Any], bool] = bool, most: float = LONGEST / 1000
) -> Any:
    """Ask the page again and again until the answer fits; it may go elsewhere meanwhile. Returns the answer."""
    end = time.monotonic() + most
    answer: Any = None
    while time.monotonic() < end:
        answer = asked(page, ask, of)
        if fits(answer):
            return answer
        page.wait_for_timeout(PAUSE)
    raise AssertionError(f"still {answer!r} at {page.url}")


def asked(page: Page, ask: str, of: Any = None) -> Any:
    """What a page answers to a function, within a limit of its own; asked once more where it was just leaving."""
    ask = LIMITED.replace("ASK", ask)
    try:
        return page.evaluate(ask, of)
    except Error:
        page.wait_for_load_state()
        return page.evaluate(ask, of)


def probe(phone: BrowserContext) -> Page:
    """A tab of the same origin that runs no script of ours and goes nowhere: what is on the phone is read there."""
    found = next((page for page in phone.pages if page.url.endswith(STILL)), None)
    if found is None:
        found = phone.new_page()
        found.goto(STILL)
    return found


NUDGE = """(every) => {
  const now = () => (globalThis.told ??= new BroadcastChannel('nudge')).postMessage('now')
  clearInterval(globalThis.nudging)
  if (every) globalThis.nudging = setInterval(now, every)
  now()
}"""


def nudge(page: Page, every: int = 0) -> None:
    """As when the network comes back, in every tab; and again and again, `every` so many ms, until told once."""
    asked(probe(page.context), NUDGE, every)


def cookie_of(session: Session, actor: Actor) -> str:
    """The session cookie of a newly signed-in device of the actor, as the served application would set it."""
    with before_wall(session):
        device = open_device(session, actor.user.id, "test")
    bare = Flask("cookie")
    bare.secret_key = secret_key()
    signer = SecureCookieSessionInterface().get_signing_serializer(bare)
    assert signer
    return str(signer.dumps({"_user_id": str(device.id), "_fresh": True}))


def sign_in(context: BrowserContext, url: str, cookie: str) -> None:
    """Who is signed in on this phone from now on."""
    context.clear_cookies()
    context.add_cookies([{"name": "session", "value": cookie, "url": url}])


@contextmanager
def a_phone(
    chromium: Browser, url: str, cookie: str, *, safari: bool = False, **options: Any
) -> Iterator[BrowserContext]:
    """A phone with its own storage, where someone is signed in."""
    context = chromium.new_context(base_url=url, viewport={"width": 390, "height": 844}, locale="en", **options)
    context.set_default_timeout(LONGEST)
    context.add_init_script(NUDGED)
    if safari:
        context.add_init_script(SAFARI)
    sign_in(context, url, cookie)
    try:
        yield context
    finally:
        put_away(context)


def put_away(context: BrowserContext) -> None:
    """Closed once its pages stand still: Chromium may never finish closing one that is just going somewhere."""
    for page in context.pages:
        go(page, "about:blank")
    context.close()


def go(page: Page, address: str) -> None:
    """Open an address on a page that may be about to go elsewhere by itself."""
    for _attempt in range(3):
        try:
            page.goto(address)
        except Error:
            page.wait_for_timeout(PAUSE * 5)
        else:
            return
    page.goto(address)


def controlled(page: Page) -> None:
    """Wait until the service worker serves the page."""
    until(page, "() => navigator.serviceWorker.controller !== null")


def send(page: Page, sheet: Sheet, typed: Mapping[str, str] | None = None) -> str:
    """Fill in the form of a sheet on the page and press its button. Returns the operation's id."""
    values: Sequence[tuple[str, str]] = list((typed or {}).items())
    return str(asked(page, SEND, [sheet.action, values]))


def entry(page: Page, op: str) -> dict[str, Any] | None:
    """An entry of the outbox as it stands, or None."""
    found: dict[str, Any] | None = asked(probe(page.context), READ, op)
    return found


def entries(page: Page) -> list[dict[str, Any]]:
    """All entries on the phone, of whomever."""
    found: list[dict[str, Any]] = asked(probe(page.context), READ)
    return found


def drained(page: Page, op: str) -> dict[str, Any] | None:
    """Let the phone try until the entry is answered, as when the network comes back; the entry, if it is still kept."""
    end = time.monotonic() + STARTS_AGAIN
    while (row := entry(page, op)) is not None and row["state"] not in ENDED:
        assert time.monotonic() < end, f"still {row!r} at {page.url}"
        nudge(page)
        page.wait_for_timeout(PAUSE)
    return row


def write(page: Page, rows: Sequence[Mapping[str, object]]) -> None:
    """Put entries into the outbox as forms would have, or change those there."""
    asked(probe(page.context), WRITE, rows)


def stands(look: psycopg.Connection, op: str) -> list[tuple[str, UUID]]:
    """(status, user) of each row of an operation in the database."""
    rows = look.execute("SELECT status, user_id FROM operation WHERE op_id = %s", [op]).fetchall()
    return [(row[0], row[1]) for row in rows]
