"""What must hold for notations with a shape of their own: compact digits, ISO 6709, URIs, links, grids, codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation import Reading, format_position, read_position

patient = settings(deadline=None)

ULP_DEG = 1e-12
NOISE = "'\"′″°º,.;:/ ()[]@#?&=_~!%NSEWnsewOLd²½\u0301\u200b"
SITES = (
    "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=15/{lat}/{lon}",
    "https://www.openstreetmap.org/#map=15/{lat}/{lon}",
    "https://www.google.com/maps/@{lat},{lon},15z",
    "https://www.google.com/maps?q={lat},{lon}",
    "https://maps.google.com/?ll={lat},{lon}",
    "https://www.google.com/maps/place/X/@{lat},{lon},17z/data=!3m1!4b1!4m4!3m3!8m2!3d{lat}!4d{lon}",
    "https://www.bing.com/maps?cp={lat}~{lon}&lvl=15",
    "https://maps.apple.com/?ll={lat},{lon}&q=X",
    "https://yandex.com/maps/?ll={lon}%2C{lat}&z=12",
    "https://yandex.ru/maps/?pt={lon},{lat}&z=12",
    "http://wikimapia.org/#lang=en&lat={lat}&lon={lon}&z=12",
    "https://geohack.toolforge.org/geohack.php?params={lat};{lon}",
)


@dataclass(frozen=True)
class Printed:
    """A text, and the cell that it was made from, in exact degrees."""

    text: str
    lat_deg: Fraction
    lon_deg: Fraction
    unit_deg: Fraction

    def matches(self, reading: Reading) -> bool:
        return (
            reading.lat_deg == float(self.lat_deg)
            and reading.lon_deg == float(self.lon_deg)
            and reading.half_width_lat_deg == float(self.unit_deg / 2)
            and reading.half_width_lon_deg == float(self.unit_deg / 2)
        )


@st.composite
def decimals(draw: st.DrawFn, template: Callable[[str, str], str], widths: tuple[int, int] = (1, 1)) -> Printed:
    places = draw(st.integers(1, 6))
    unit = Fraction(1, 10**places)
    values = []
    texts = []
    for limit, width in zip((90, 180), widths, strict=True):
        steps = draw(st.integers(-int(limit / unit), int(limit / unit)))
        whole, fraction = divmod(abs(steps), 10**places)
        values.append(steps * unit)
        texts.append(f"{'-' if steps < 0 else ''}{whole:0{width}d}.{fraction:0{places}d}")
    return Printed(template(*texts), values[0], values[1], unit)


@st.composite
def compact(draw: st.DrawFn) -> Printed:
    places = draw(st.integers(2, 3))
    fine = draw(st.integers(0, 3))
    unit = Fraction(1, 60 ** (places - 1) * 10**fine)
    before = draw(st.booleans())
    halves = []
    values = []
    for limit, width, letters in ((90, 2, "NS"), (180, 3, "EW")):
        steps = draw(st.integers(0, int(limit / unit)))
        negative = draw(st.booleans())
        values.append(steps * unit * (-1 if negative else 1))
        digits, fraction = divmod(steps, 10**fine)
        parts = []
        for _ in range(places - 1):
            digits, part = divmod(digits, 60)
            parts.insert(0, f"{part:02d}")
        body = f"{digits:0{width}d}" + "".join(parts) + (f".{fraction:0{fine}d}" if fine else "")
        letter = letters[negative]
        halves.append(letter + body if before else body + letter)
    text = draw(st.sampled_from(["", " ", ", ", "/"])).join(halves)
    return Printed(text, values[0], values[1], unit)


def _signed(lat: str, lon: str) -> str:
    return "".join(each if each.startswith("-") else f"+{each}" for each in (lat, lon)) + "/"


geo_uris = decimals(lambda lat, lon: f"geo:{lat},{lon}")
iso_texts = decimals(
    lambda lat, lon: _signed(
        *("-" + each[1:].zfill(n) if each[0] == "-" else each.zfill(n) for each, n in ((lat, 0), (lon, 0)))
    ),
    (2, 3),
)
links = st.sampled_from(SITES).flatmap(lambda site: decimals(lambda lat, lon: site.format(lat=lat, lon=lon)))
exact = st.one_of(geo_uris, iso_texts, links, compact())

grid_texts = st.builds(
    lambda lon, lat, notation, power: format_position(lon, lat, notation=notation, resolution=10.0**-power),
    st.floats(-180, 180),
    st.floats(-80, 84),
    st.sampled_from(["utm", "mgrs", "pluscode"]),
    st.integers(1, 5),
)


def outcome(text: str) -> Reading | ReadingError:
    """Return what the reader returns, or the one kind of error that it may raise, checked."""
    try:
        return read_position(text)
    except ReadingError as error:
        caught = error
    assert caught.text == text
    assert not isinstance(caught, AmbiguousReadingError) or len(set(caught.readings)) > 1
    return caught


def damage(data: st.DataObject, text: str, keep: str) -> str:
    """Lose, add or mistake one character; none of `keep` is lost, and no digit or sign added."""
    kind = data.draw(st.sampled_from(["lose", "add", "mistake"]))
    if kind == "add":
        at = data.draw(st.integers(0, len(text)))
        return text[:at] + data.draw(st.sampled_from(NOISE)) + text[at:]
    places = [place for place, each in enumerate(text) if each not in keep]
    assume(places)
    at = data.draw(st.sampled_from(places))
    new = "" if kind == "lose" else data.draw(st.sampled_from(NOISE))
    assume({text[at].lower(), new.lower()} not in ({"n", "s"}, {"e", "w"}))
    return text[:at] + new + text[at + 1 :]


@patient
@given(exact)
def test_reads_every_valid_text_exactly(printed: Printed) -> None:
    assert printed.matches(read_position(printed.text))


@patient
@given(exact, st.data())
def test_one_damaged_sign_never_misleads_silently(printed: Printed, data: st.DataObject) -> None:
    reading = outcome(damage(data, printed.text, "0123456789+-"))
    if isinstance(reading, ReadingError):
        return
    assert printed.matches(reading) or set(reading.warnings) - set(read_position(printed.text).warnings)


@patient
@given(st.one_of(compact(), iso_texts), st.data())
def test_a_digit_lost_or_added_where_digits_are_counted_never_misleads_silently(
    printed: Printed, data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from([place for place, each in enumerate(printed.text) if each.isdecimal()]))
    new = data.draw(st.sampled_from(["", printed.text[at] + "0", printed.text[at] + "7"]))
    reading = outcome(printed.text[:at] + new + printed.text[at + 1 :])
    if isinstance(reading, ReadingError):
        return
    assert printed.matches(reading) or set(reading.warnings) - set(read_position(printed.text).warnings)


@patient
@given(grid_texts, st.data())
def test_a_damaged_grid_reference_never_misleads_silently(text: str, data: st.DataObject) -> None:
    """A letter for a letter and a digit for a digit cannot be noticed; a sign lost, added or mistaken can."""
    whole = read_position(text)
    # The letters of a Plus Code are digits: one more makes it finer, one less coarser.
    digits = "23456789CFGHJMPQRVWXcfghjmpqrvwx" if "+" in text else "0123456789" + ("" if "UTM" in text else ALPHABET)
    damaged = damage(data, text, digits)
    assume("+" not in text or damaged.upper().count("W") == text.count("W"))
    reading = outcome(damaged)
    if isinstance(reading, ReadingError):
        return
    same = (reading.lon_deg, reading.lat_deg, reading.half_width_lat_deg) == (
        whole.lon_deg,
        whole.lat_deg,
        whole.half_width_lat_deg,
    )
    assert same or set(reading.warnings) - set(whole.warnings)


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@patient
@given(grid_texts, st.data())
def test_a_character_lost_from_a_grid_reference_is_missed(text: str, data: st.DataObject) -> None:
    """Losing any one character of an MGRS square, or of the first eight of a Plus Code, is an error."""
    assume("UTM" not in text)
    last = 8 if "+" in text else len(text)
    first = 0
    if "+" not in text and text[1].isdecimal():
        # 31QDB loses a digit of its zone to 1QDB, which the letters of its column usually refuse.
        first = 2
    at = data.draw(st.integers(first, last - 1))
    assert isinstance(outcome(text[:at] + text[at + 1 :]), ReadingError)


@patient
@given(
    lon_deg=st.floats(-180, 180),
    lat_deg=st.floats(-80, 84),
    notation=st.sampled_from(["compact", "iso6709", "geo", "utm", "mgrs", "pluscode"]),
    resolution=st.floats(1e-9, 2.0),
)
def test_reading_what_was_written_contains_it(lon_deg: float, lat_deg: float, notation: str, resolution: float) -> None:
    text = format_position(lon_deg, lat_deg, notation=notation, resolution=resolution)
    reading = read_position(text)
    assert abs(reading.lat_deg - lat_deg) <= reading.half_width_lat_deg + ULP_DEG
    assert abs((reading.lon_deg - lon_deg + 180) % 360 - 180) <= reading.half_width_lon_deg + ULP_DEG
    finest = {"mgrs": 1.2e-5, "utm": 1e-11, "pluscode": 1e-7}.get(notation, 1e-11)
    # Near the ends of the zones the squares lean, and the cell that holds them is wider than they are.
    assert 2 * reading.half_width_lat_deg <= max(resolution * 1.1, finest)


@patient
@given(grid_texts)
def test_the_height_of_a_cell_gives_its_digits_back(text: str) -> None:
    reading = read_position(text)
    assume(reading.warnings == ())
    # At the ends of a zone the middle of a cell may lie in the next.
    written = format_position(
        reading.lon_deg,
        reading.lat_deg,
        notation=reading.notation,
        resolution=2 * reading.half_width_lat_deg,
    )
    assume(written[:17] == text[:17] if "UTM" in text else written[:2] == text[:2])
    assert len(written) == len(text)


@pytest.mark.parametrize(
    "piece", ["ش", "31QDB", "+", "19.5", "E 488000 ", "488 000 ", "2V", "geo:", ";u=", "с.ш. ", "s "]
)
def test_long_repetitions_end_soon(piece: str) -> None:
    assert isinstance(outcome((piece * 200)[:200]), ReadingError)


PIECES = [
    *("geo:", ";u=", ";crs=", "wgs84", "?q=", "https://", "www.google.com/maps", "/@", "!3d", "!4d", "?q=", "#map="),
    *(
        "openstreetmap.org/",
        "mlat=",
        "&mlon=",
        "yandex.ru/maps?ll=",
        "%2C",
        "%",
        "params=",
        "UTM ",
        "zone ",
        "MGRS ",
        "31",
    ),
    *(
        "QDB",
        "8889396875",
        "488894",
        "2196876",
        " m E",
        " m N",
        "north",
        "7FF4VV9V",
        "+",
        "-",
        "/",
        ",",
        ".",
        " ",
        "CRS",
    ),
    *(
        "1952",
        "00254",
        "N",
        "E",
        "S",
        "W",
        "19",
        "2",
        "°",
        "′",
        "″",
        "d",
        "m",
        "s",
        "ſ",
        "\u212a",
        "ش",
        "с",
        "ш",
        "ö",
        "L",
        "O",
    ),
    *("lat", "lon", ":", "=", "(", ")", "[", "]", "½", "²", "\u0301", "\x00", "\U0001d7ce", "\u0967", "①", "WGS84"),
]


@patient
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_gives_a_position_or_its_own_error(text: str) -> None:
    reading = outcome(text)
    if isinstance(reading, ReadingError):
        return
    assert -90 <= reading.lat_deg <= 90
    assert -180 <= reading.lon_deg <= 180
    assert reading.half_width_lat_deg > 0
    assert reading.half_width_lon_deg > 0
    assert reading.accuracy_m is None or reading.accuracy_m >= 0
