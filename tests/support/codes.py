"""Real codes for a camera: drawn by zxing-cpp, shown in a video that Chromium takes for its camera."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserType

from .browser import SWITCHES, chromium_path

SIZE = (1280, 720)
CARTON, LABEL = "#6b4a2b", "#f4f2ee"


def code(text: str, kind: zxingcpp.BarcodeFormat, scale: int = 3, **options: bool) -> Image.Image:
    """The code as a picture, with its quiet zone."""
    drawn = zxingcpp.create_barcode(text, kind, **options).to_image(scale=scale)
    height, width = drawn.shape[:2]
    return Image.frombytes("L", (width, height), memoryview(drawn).tobytes())


def seen(*codes: Image.Image) -> bytes:
    """One picture of the camera: a carton with these codes on it, beside each other; with none, the bare carton."""
    carton = Image.new("RGB", SIZE, CARTON)
    left = (SIZE[0] - sum(one.width + 72 for one in codes)) // 2
    for one in codes:
        label = Image.new("RGB", (one.width + 32, one.height + 32), LABEL)
        label.paste(one.convert("RGB"), (16, 16))
        carton.paste(label, (left + 20, (SIZE[1] - label.height) // 2))
        left += one.width + 72
    file = io.BytesIO()
    carton.save(file, "JPEG", quality=90)
    return file.getvalue()


def video(path: Path, pictures: Iterable[tuple[bytes, int]]) -> Path:
    """A video of these pictures, each shown so many times; a camera plays it over and over."""
    path.write_bytes(b"".join(picture * times for picture, times in pictures))
    return path


@contextmanager
def chromium_that_sees(film: Path, kind: BrowserType) -> Iterator[Browser]:
    """A Chromium whose camera shows this video."""
    switches = [
        *(*SWITCHES, "--no-sandbox", "--use-fake-device-for-media-stream"),
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = kind.launch(executable_path=chromium_path(), args=switches)
    try:
        yield browser
    finally:
        browser.close()
