"""One gettext catalogue a package: what its Python and its templates say, in English, and the Chinese for it.

    update [PACKAGE…]   gather the messages and merge them into the catalogues (new ones empty, gone ones dropped)
    compile             make the binary catalogues the application reads
    check               fail on a message that is missing, untranslated or no longer said

The kernel's catalogue also covers what belongs to no package: the shared macros and layouts, the app factory.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).resolve().parents[2]
LOCALE = "zh_Hans"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_n": (1, 2),
    "_l": None,
    "N_": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
}
JINJA = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols"}
SHARED = ["templates/ui", "templates/layouts", "templates/errors", "webapp/*.py"]


def main() -> None:
    options = argparse.ArgumentParser(
        prog="bin/i18n", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("command", choices=["update", "compile", "check"])
    options.add_argument("packages", nargs="*", help="all if none is named")
    given = options.parse_args()
    packages = given.packages or [path.parent.name for path in sorted(ROOT.glob("webapp/*/__init__.py"))]
    {"update": update, "compile": compile_all, "check": check}[given.command](packages)


def update(packages: list[str]) -> None:
    for package in packages:
        said = messages(package)
        path = po_file(package)
        if not len(said) and not path.exists():
            continue
        catalogue = read(path)
        catalogue.update(said, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(catalogue))
        open_ones = [message for message in catalogue if message.id and not translated(message)]
        print(f"{package}: {len(said)} messages, {len(open_ones)} without Chinese")


def compile_all(packages: list[str]) -> None:
    for path in filter(Path.exists, map(po_file, packages)):
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read(path))


def check(packages: list[str]) -> None:
    faults = [fault for package in packages for fault in faults_of(package)]
    sys.exit("\n".join([*faults, "Run bin/i18n update, then write the Chinese."]) if faults else 0)


def faults_of(package: str) -> Iterator[str]:
    said, catalogue = messages(package), read(po_file(package))
    for message in said:
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        if known is None:
            yield f"{package}: missing: {message.id!r}"
        elif not translated(known):
            yield f"{package}: untranslated: {message.id!r}"
        else:
            yield from (f"{package}: {message.id!r}: {error}" for error in known.check(catalogue))
    for message in catalogue:
        if message.id and said.get(message.id, message.context) is None:
            yield f"{package}: no longer said: {message.id!r}"


def messages(package: str) -> Catalog:
    """What the package says, gathered afresh."""
    said = Catalog()
    for path, method, options in sources(package):
        try:
            found = extract_from_file(method, path, KEYWORDS, ["i18n:"], options, strip_comment_tags=True)
        except (SyntaxError, TemplateSyntaxError) as error:
            sys.exit(f"{path.relative_to(ROOT)}:{error.lineno}: {error}")
        for _line, message, comments, context in found:
            said.add(message, auto_comments=comments, context=context)
    return said


def sources(package: str) -> Iterator[tuple[Path, str, dict[str, str]]]:
    roots = [f"webapp/{package}", f"templates/{package}", *(SHARED if package == "kernel" else [])]
    for root in roots:
        for path in sorted(ROOT.glob(root)):
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            yield from ((file, "python", {}) for file in inside if file.suffix == ".py")
            yield from ((file, "jinja2", JINJA) for file in inside if file.suffix in {".html", ".txt", ".svg"})


def po_file(package: str) -> Path:
    return ROOT / "webapp" / package / "translations" / LOCALE / "LC_MESSAGES" / "messages.po"


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LOCALE, project="Throughline", header_comment="", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=LOCALE)


def as_po(catalogue: Catalog) -> bytes:
    """In order of the messages, without places and dates, so that a change shows as just that change."""
    target = BytesIO()
    write_po(target, catalogue, no_location=True, omit_header=True, sort_output=True, width=120)
    head = f'msgid ""\nmsgstr ""\n"Language: {LOCALE}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    return (head + plural).encode() + target.getvalue().lstrip()


def translated(message: object) -> bool:
    string = getattr(message, "string", "")
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()
