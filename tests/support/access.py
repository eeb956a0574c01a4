"""Whether a page is for everyone: axe finds nothing, and nothing is wider than the smallest phone, or in large text."""

from pathlib import Path

from playwright.sync_api import Page

from .database import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RUN = """() => axe.run(document, {resultTypes: ['violations']}).then((found) =>
  found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`)))"""
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
NARROW = {"width": 320, "height": 640}


def complaints(page: Page, axe: Path = AXE) -> list[str]:
    """What is wrong with the page as it stands, in axe's words and ours; nothing on a good one."""
    found: list[str] = []
    if axe.exists():
        page.evaluate(axe.read_text())
        found += page.evaluate(RUN)
    usual = page.viewport_size or NARROW
    if page.evaluate(WIDER):
        found.append(f"wider than {usual['width']} px")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    if page.evaluate(WIDER):
        found.append("wider than 320 px")
    page.set_viewport_size(usual)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate(WIDER):
        found.append("wider than the phone with text twice as large")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found
