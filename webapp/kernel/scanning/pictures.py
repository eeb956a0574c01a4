"""A picture as a person sends it, made ready: grey, not too big, and in the guises in which codes are looked for."""

from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageChops, ImageFile, ImageFilter, ImageOps

from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""… to be unpacked; a JPEG of more is unpacked at half its size."""
LARGEST = 4000
"""Pixels of the longer side at which a code is looked for first."""
USUAL = 2000
"""… and in all other guises."""
SMALLEST = 160
HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")
FLAT = 12
"""Within so many pixels a label is lit evenly."""

Guise = tuple[Image.Image, bool]
"""A picture, and whether what is dark in it is decided by one threshold."""


def opened(data: bytes) -> Image.Image:
    """The picture in grey. Refused for what is no PNG, JPEG or WebP, is broken, or too big (before it is unpacked)."""
    if len(data) > MOST_BYTES:
        raise Refused("picture.big", N_("This picture is too big. Take one of at most 12 MB."), field="photo")
    if data[4:12] in HEIC:
        words = N_("This kind of picture (HEIC) cannot be read here. Send it as JPEG, or take a screenshot of it.")
        raise Refused("picture.heic", words, field="photo")
    try:
        picture = Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
    except (OSError, ValueError, Image.DecompressionBombError):
        raise Refused("picture.kind", N_("This is no picture. Choose a PNG, JPEG or WebP."), field="photo") from None
    longest = max(LARGEST, *picture.size)
    picture.draft("L", (picture.width * LARGEST // longest, picture.height * LARGEST // longest))
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("picture.pixels", N_("This picture has too many pixels. Take a smaller one."), field="photo")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    try:
        return _fit(_grey(picture), LARGEST)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("picture.broken", N_("This picture is broken. Take it again."), field="photo") from None


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        picture = paper
    return picture.convert("L")


def _fit(picture: Image.Image, longest: int) -> Image.Image:
    have = max(picture.size)
    return picture if have <= longest else _scaled(picture, longest / have)


def _scaled(picture: Image.Image, by: float) -> Image.Image:
    size = (max(1, round(picture.width * by)), max(1, round(picture.height * by)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def guises(picture: Image.Image) -> Iterator[Guise]:
    """The picture as it is, then in other sizes, softened, turned a little, evenly lit, and light for dark."""
    yield picture, False
    usual = _fit(picture, USUAL)
    for by in (2, 3, 1.5, 0.5, 0.33):
        if SMALLEST < max(usual.size) * by <= USUAL:
            yield _scaled(usual, by), False
    yield from ((changed(usual), False) for changed in SOFTER)
    flat = _evenly_lit(usual)
    yield flat, False
    yield flat, True
    if max(usual.size) * 2 <= USUAL:
        yield _evenly_lit(_scaled(usual, 2)), True
    light = ImageOps.invert(usual)
    yield from ((changed(light), False) for changed in (*SOFTER, _evenly_lit))


def _turned(by: int) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: picture.rotate(by, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


SOFTER: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda picture: picture.filter(ImageFilter.GaussianBlur(1)),
    _turned(4),
    _turned(-4),
    lambda picture: ImageOps.autocontrast(picture, 2),
)


def _evenly_lit(picture: Image.Image) -> Image.Image:
    """What is darker than its surroundings is dark, whatever shadow or shine lies over it."""
    return ImageChops.subtract(picture, picture.filter(ImageFilter.BoxBlur(FLAT)), 0.5, 128)
