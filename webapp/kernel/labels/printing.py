"""HTML to PDF, by WeasyPrint, with nothing fetched from anywhere; and what the machine lacks for it, by name."""

import functools
from dataclasses import dataclass
from typing import Any

FONTS = '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "PingFang SC", sans-serif'
SAMPLE = "批"
"""A character that every font for Chinese has."""
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
CHINESE = "fonts-noto-cjk"


@dataclass(slots=True, frozen=True)
class Lacks:
    """What must be installed before anything is printed, by the names of Debian's packages."""

    packages: str
    what: str


@functools.lru_cache(maxsize=1)
def lacking() -> Lacks | None:
    """What is missing here; None where labels can be printed. `what` is `pango` or `font`."""
    try:
        from weasyprint.text import ffi
    except OSError:
        return Lacks(PANGO, "pango")
    return None if _has_chinese(ffi) else Lacks(CHINESE, "font")


def _has_chinese(library: Any) -> bool:
    """Whether the font that Chinese text is set in has Chinese in it."""
    from fontTools.ttLib import TTFont

    ffi, fontconfig = library.ffi, library.fontconfig
    config = fontconfig.FcInitLoadConfigAndFonts()
    asked = fontconfig.FcPatternCreate()
    for family in FONTS.replace('"', "").split(", "):
        fontconfig.FcPatternAddString(asked, b"family", family.encode())
    fontconfig.FcPatternAddString(asked, b"lang", b"zh-cn")
    fontconfig.FcConfigSubstitute(config, asked, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(asked)
    found = fontconfig.FcFontMatch(config, asked, ffi.new("FcResult *"))
    file = ffi.new("FcChar8 **")
    if found == ffi.NULL or fontconfig.FcPatternGetString(found, b"file", 0, file) != fontconfig.FcResultMatch:
        return False
    with TTFont(ffi.string(file[0]).decode(), fontNumber=0, lazy=True) as font:
        return ord(SAMPLE) in font.getBestCmap()


def pdf(html: str, css: str) -> bytes:
    """The document. Ask `lacking` first. Pictures are data: addresses; any other address stays unread."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    only_data = URLFetcher(allowed_protocols=["data"])
    sheet = CSS(string=css, url_fetcher=only_data)
    made: bytes = HTML(string=html, url_fetcher=only_data).write_pdf(stylesheets=[sheet])
    return made
