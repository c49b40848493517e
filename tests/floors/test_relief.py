"""Shaded relief: lit from the north-west, where heights are held, and refused with a reason where they are not."""

from __future__ import annotations

import json
import re
import struct
import zipfile
import zlib

import numpy as np
import pytest

import geoinc
from geoinc import relief
from geoinc.errors import IntegrityError, UsageError
from geoinc.relief import ShadedRelief, shade_relief
from geoinc.render import page, render_map

WIDE, HIGH = 10_800, 6_000


@pytest.fixture(scope="module")
def heights(tmp_path_factory):
    """A file of the package's form: flat, but for cones of 2,000 m at 49.5 N 3 E and 45 N 3 E."""
    path = tmp_path_factory.mktemp("heights") / "heights.npz"
    top = np.zeros((1200, WIDE), dtype="<i2")
    rows, columns = np.mgrid[-20:21, -20:21]
    cone = np.maximum(2000.0 - 100 * np.hypot(rows, columns), 0.0)
    for row in (60, 600):
        top[row - 20 : row + 21, 340:381] = cone
    header = np.lib.format.header_data_from_array_1_0(np.zeros((1, 1), dtype="<i2")) | {"shape": (HIGH, WIDE)}
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("arr_0.npy", "w", force_zip64=True) as stream,
    ):
        np.lib.format.write_array_header_1_0(stream, header)
        stream.write(top.tobytes())
        # Nothing below is ever read.
    return path


def greys(shaded):
    body = shaded.png[8:]
    chunks = {}
    while body:
        (size,) = struct.unpack(">I", body[:4])
        kind, content = body[4:8], body[8 : 8 + size]
        assert struct.unpack(">I", body[8 + size : 12 + size])[0] == zlib.crc32(kind + content)
        chunks[kind], body = content, body[12 + size :]
    wide, high = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(high, wide + 1)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8)


def test_the_side_towards_the_light_is_bright_and_flat_ground_is_middle_grey(heights):
    shaded = shade_relief((2.75, 49.25, 3.25, 49.75), file=heights)
    picture = greys(shaded)
    assert shaded.box_deg == pytest.approx((2.75, 49.25, 3.25, 49.75))
    assert picture.shape == (60, 60)
    assert picture[25, 25] > 128 > picture[35, 35]
    assert set(picture[:4, :4].ravel()) == {128}
    assert shaded == shade_relief((2.75, 49.25, 3.25, 49.75), file=heights)


def test_gentle_ground_is_drawn_steeper(heights):
    assert shade_relief((2.9, 49.4, 3.1, 49.6), file=heights).steeper == 2
    assert shade_relief((8.0, 49.0, 9.0, 49.5), file=heights).steeper == 20


def test_rows_are_those_of_mercators_map(heights):
    shaded = shade_relief((2.0, 40.5, 4.0, 49.0), file=heights)
    picture = greys(shaded)
    held = np.flatnonzero((picture != 128).any(axis=1))
    row = (held[0] + held[-1] + 1) / 2
    _, south, _, north = shaded.box_deg
    up = np.arctanh(np.sin(np.radians([south, 45.0, north])))
    assert row == pytest.approx((up[2] - up[1]) / (up[2] - up[0]) * len(picture), abs=1)
    assert row > (north - 45.0) / (north - south) * len(picture) + 10


@pytest.mark.parametrize("box", [(-5.0, 20.0, -4.0, 21.0), (3.0, -5.0, 4.0, -4.0), (3.0, 51.0, 4.0, 52.0)])
def test_ground_that_is_not_held_is_refused(heights, box):
    with pytest.raises(UsageError, match="heights are held from 0° to 50° N and from 0° to 90° E"):
        shade_relief(box, file=heights)


def test_what_is_held_of_a_view_across_the_edge_is_shaded(heights):
    assert shade_relief((-1.0, 49.0, 1.0, 50.5), file=heights).box_deg == pytest.approx(
        (1 / 120, 49.0, 1.0, 50.0 - 1 / 120)
    )


def test_a_missing_or_strange_package_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(relief, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'geoinc\[relief\]'"):
        shade_relief((2.0, 19.0, 3.0, 20.0))
    strange = tmp_path / "g10g.npz"
    strange.write_bytes(b"strange")
    monkeypatch.setattr(relief, "_installed", lambda: strange)
    with pytest.raises(IntegrityError, match="are not the recorded ones"):
        shade_relief((2.0, 19.0, 3.0, 20.0))


def test_the_page_carries_the_picture_and_says_how_it_was_made(monkeypatch):
    made = ShadedRelief(b"picture", (2.5, 19.5, 3.5, 20.5), 20)
    monkeypatch.setattr(page, "shade_relief", lambda box: made)
    data = geoinc.assess(geoinc.load_incident("three-distances"))
    text = render_map(data, relief=True)
    block = re.search(r'<script type="application/json" id="gi-data">(.*?)</script>', text, re.DOTALL)
    assert json.loads(block[1])["relief"] == ["data:image/png;base64,cGljdHVyZQ==", 2.5, 19.5, 3.5, 20.5]
    assert "slopes drawn 20 times as steep" in text
    assert relief.CREDIT in text
    assert relief.CREDIT not in render_map(data)
