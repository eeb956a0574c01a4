"""Photographs of real codes, held before the page's decoder far and near: how many it takes, and none wrong.

The share is printed beside what zxing-cpp reads of the same pictures at one look.
"""

import base64
import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.support.database import ROOT
from tests.support.thread import a_wholesaler

from .walk import Walker

PHOTOS = Path(os.environ.get("BARCODES") or ROOT.parent / "shared" / "data" / "barcodes")
KINDS = {".png": "png", ".webp": "webp", ".jpg": "jpeg"}
FEW = 24
pytestmark = pytest.mark.skipif(not PHOTOS.exists(), reason="the shared photographs are not beside the project")


@pytest.fixture
def decoder(session: Session, phone: Callable[..., Page], picture: Callable[[Page, str], Path]) -> Page:
    """A scan page with its decoder under `photographs`."""
    walker = Walker(phone("en"), a_wholesaler(session), picture)
    walker.sign_in("dock")
    walker.go("scan")
    bundled = subprocess.run(
        [
            *("node", "node_modules/esbuild/bin/esbuild", "static/src/tests/photographs.js"),
            *("--bundle", "--format=iife", "--global-name=photographs"),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    walker.page.evaluate(
        f"{bundled}; globalThis.reader = photographs.decoder(); globalThis.photographs = photographs; 0"
    )
    return walker.page


def key() -> list[dict[str, Any]]:
    """What is on the photographs; texts alone, for a page takes no others."""
    return [each for each in json.loads((PHOTOS / "answer_key.json").read_text()) if each["text"] is not None]


def plain(text: str) -> str:
    """Without what tells GS1 from others: brackets, separators, the symbology's prefix; ends of lines are alike."""
    told = text[3:] if text.startswith(("]C1", "]e0", "]d2", "]Q3")) else text
    return told.replace("\r\n", "\n").translate({0x1D: None, ord("("): None, ord(")"): None})


def held(page: Page, file: Path) -> dict[str, Any]:
    source = f"data:image/{KINDS[file.suffix]};base64,{base64.b64encode(file.read_bytes()).decode()}"
    told: dict[str, Any] = page.evaluate("(source) => photographs.taken(reader, source)", source)
    return told


def measured(page: Page, photographs: list[dict[str, Any]]) -> tuple[int, int, list[str]]:
    """How many the page takes, how many zxing-cpp reads, and what was taken wrong."""
    right: Counter[str] = Counter()
    alone, wrong, times = 0, [], []
    for each in photographs:
        file = PHOTOS / each["file"]
        told = held(page, file)
        times += told["times"]
        wrong += [f"{each['file']}: {text}" for text in told["texts"] if plain(text) != plain(each["text"])]
        right[each["symbology"]] += any(plain(text) == plain(each["text"]) for text in told["texts"])
        with Image.open(file) as image:
            alone += any(
                plain(code.text) == plain(each["text"]) for code in zxingcpp.read_barcodes(image.convert("RGB"))
            )
    kinds = Counter(each["symbology"] for each in photographs)
    sys.stdout.write(
        f"\nthe page reads {right.total()} of {len(photographs)}, zxing-cpp at one look {alone}, wrong {len(wrong)};"
        f" a look takes {statistics.median(times):.0f} ms\n  "
        + ", ".join(f"{kind} {right[kind]}/{many}" for kind, many in sorted(kinds.items()))
        + "\n"
    )
    return right.total(), alone, wrong


@pytest.mark.thread
def test_a_few_photographs_are_read_and_none_wrong(decoder: Page) -> None:
    photographs = key()
    taken, alone, wrong = measured(decoder, photographs[:: len(photographs) // FEW])
    assert not wrong
    assert taken >= alone


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_all_photographs_are_read_as_well_as_they_can_be_and_none_wrong(decoder: Page) -> None:
    taken, alone, wrong = measured(decoder, key())
    assert not wrong
    assert taken >= alone
