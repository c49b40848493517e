"""Pictures compared as a reader sees them: fonts may differ between machines, lines and colours may not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

GOLDEN: Final = Path(__file__).parent / "golden"
VIEWPORT: Final = {"width": 1366, "height": 820}
FIGURE_DPI: Final = 80

COLOURS: Final = {
    "first party": (0x9A, 0x4A, 0x00),
    "second party": (0x0B, 0x5F, 0xA5),
    "measured": (0x5B, 0x2A, 0x86),
    "line": (0x1B, 0x1D, 0x21),
    "first ground": (0xE9, 0xEC, 0xEF),
    "second ground": (0xF4, 0xEF, 0xE2),
}
CELLS: Final = 24
HUE_DEG: Final = 22.0
CHROMA: Final = 12.0
DARK: Final = 35.0
NEAR: Final = 4.0
MOVED: Final = 0.12
"""How much of a colour may stand in other places: labels move with their font, what is drawn does not."""

Array = NDArray[np.float64]


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@contextmanager
def opened_map(chromium: Any, path: Path) -> Iterator[Any]:
    """A page with its map as it opens, without what stands over the map: that is text, and moves with the font."""
    context = chromium.new_context(viewport=VIEWPORT, color_scheme="light", device_scale_factor=1)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    page.evaluate("document.querySelectorAll('.gi-over').forEach(each => { each.style.visibility = 'hidden'; })")
    yield page
    context.close()


def map_picture(page: Any) -> Image.Image:
    return picture(page.locator("#gi-box").screenshot())


def figure_picture(data: Any, change: Any = None) -> Image.Image:
    """The figure of an assessment, after a change to its drawing."""
    from geoinc.figures.painting import paint
    from geoinc.figures.sheet import compose

    sheet = compose(data)
    if change is not None:
        change(sheet.tree)
    return picture(paint(sheet, "png", dpi=FIGURE_DPI))


def store(image: Image.Image, name: str) -> None:
    image.save(GOLDEN / name, optimize=True)


def stored(name: str) -> Image.Image:
    path = GOLDEN / name
    assert path.is_file(), f"{path.name} is not held: python tools/golden.py draws it"
    return Image.open(path).convert("RGB")


def differences(golden: Image.Image, found: Image.Image) -> dict[str, float]:
    """For each colour the share of it that stands elsewhere than in the golden picture, from 0 to 1."""
    one, other = (_lab(each.resize(golden.size)) for each in (golden, found))
    return {name: _moved(_spread(one, name), _spread(other, name)) for name in COLOURS}


def _lab(image: Image.Image) -> Array:
    """CIE L*a*b* (D65) of every pixel."""
    rgb = np.asarray(image, dtype=np.float64) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def _is_of(pixels: Array, name: str) -> NDArray[np.bool_]:
    """Which pixels a reader takes for a colour, however much of the ground shines through."""
    wanted = _lab(Image.new("RGB", (1, 1), COLOURS[name]))[0, 0]
    if name == "line":
        return (pixels[..., 0] < DARK) & (np.hypot(pixels[..., 1], pixels[..., 2]) < CHROMA)
    if name.endswith("ground"):
        return np.linalg.norm(pixels - wanted, axis=2) < NEAR
    turn = np.degrees(np.arctan2(pixels[..., 2], pixels[..., 1]) - np.arctan2(wanted[2], wanted[1]))
    near = np.abs((turn + 180) % 360 - 180) < HUE_DEG
    return near & (np.hypot(pixels[..., 1], pixels[..., 2]) > CHROMA)


def _spread(pixels: Array, name: str) -> Array:
    """How much of a colour each cell of a coarse grid holds, blurred over its neighbours."""
    mask = _is_of(pixels, name)
    rows, columns = (np.linspace(0, length, CELLS + 1).astype(int) for length in mask.shape)
    sums = np.add.reduceat(np.add.reduceat(mask.astype(np.float64), rows[:-1], axis=0), columns[:-1], axis=1)
    padded = np.pad(sums, 1)
    blurred = [padded[y : y + CELLS, x : x + CELLS] for y in range(3) for x in range(3)]
    return np.asarray(np.mean(blurred, axis=0))


def _moved(one: Array, other: Array) -> float:
    whole = float((one + other).sum())
    return 0.0 if whole == 0 else float(np.abs(one - other).sum()) / whole
