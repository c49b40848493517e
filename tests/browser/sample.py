"""Invented assessments for the page: shaped like a real incident, with lines that no source holds."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import LineString, Polygon, box
from shapely.geometry import Point as Spot
from shapely.ops import nearest_points, split

from geoinc.boundaries import Accuracy, Package, Source
from geoinc.claims import (
    Assumption,
    BorderDistanceClaim,
    Claim,
    FallClaim,
    FallMode,
    Incident,
    Party,
    Point,
    PositionClaim,
    Reference,
    SeparationClaim,
    TimeClaim,
    TrackClaim,
)
from geoinc.findings import (
    AlternativeOutcome,
    AssessmentData,
    Connector,
    Finding,
    FindingKind,
    Outcome,
    Region,
    SourceOutcome,
    SourceView,
)
from geoinc.geodesy import Edges
from geoinc.intervals import Interval
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.notation import Reading
from geoinc.places import Place
from geoinc.quantities import Precision, Quantity

GEOD = Geod(ellps="WGS84")
VIEW = (2.742, 19.775, 3.03, 20.045)
DRAWN = box(2.455, 19.505, 3.315, 20.315)
TO_PLANE = Transformer.from_crs(4326, "+proj=aeqd +lon_0=2.9 +lat_0=19.9 +ellps=WGS84", always_xy=True)
KNOTS = [
    (1.7, 20.55), (2.30, 20.24), (2.46, 20.22), (2.60, 20.13), (2.66, 20.02), (2.80, 19.975), (2.90, 19.957),
    (2.99, 19.945), (3.09, 19.885), (3.18, 19.83), (3.245, 19.795), (3.22, 19.68), (3.27, 19.55), (3.5, 19.42),
    (4.1, 19.2),
]  # fmt: skip
WRECK, LINK = (2.8939169, 19.8679828), (2.8933608, 19.8640350)


def wiggled(step: float, size: float, shift: tuple[float, float], phase: float) -> LineString:
    base = LineString(KNOTS)
    at = np.arange(0.0, base.length, step)
    spots = [base.interpolate(s) for s in at]
    wave = [
        size * (math.sin(61 * s + phase) + 0.7 * math.sin(149 * s + 2 * phase) + 0.5 * math.sin(313 * s)) for s in at
    ]
    return LineString(
        [(spot.x + 0.5 * w + shift[0], spot.y + w + shift[1]) for spot, w in zip(spots, wave, strict=True)]
    )


SHAPES = {
    "detail-2026": ("detail", "Detailed Survey, July 2026", wiggled(0.004, 0.0055, (0, 0), 0.0), None),
    "detail-2020": ("detail", "Detailed Survey, October 2020", wiggled(0.004, 0.0055, (0.0004, 0), 0.0), None),
    "detail-2017": ("detail", "Detailed Survey, December 2017", wiggled(0.006, 0.0055, (0, 0.0004), 0.0), None),
    "chart-1992": ("chart", "Digital Chart, 1:1 000 000", wiggled(0.02, 0.004, (0, 0.001), 0.4), 1_000_000),
    "bank-1977": ("bank", "Data Bank, 1:3 000 000", wiggled(0.011, 0.004, (0, 0.003), 0.9), 3_000_000),
    "atlas-10m": ("atlas", "World Atlas 1:10m", wiggled(0.12, 0.0015, (-0.012, -0.012), 0.2), 10_000_000),
    "atlas-110m": ("coarse", "World Atlas 1:110m", wiggled(1.1, 0.0, (-0.12, -0.21), 0.0), 110_000_000),
}
ACCURACY_M = {"detail": 250.0, "chart": 2430.0, "bank": 1240.0, "atlas": 2000.0, "coarse": 25_000.0}


def sources() -> tuple[Source, ...]:
    made = []
    for number, (name, (lineage, title, _, scale)) in enumerate(SHAPES.items()):
        made.append(
            Source(
                id=name, lineage=lineage, title=title, vintage=title[-9:], scale_denominator=scale,
                edges=Edges.PLANAR,
                accuracy=Accuracy(2040.0, 0.9, 2430.0, "documented", "MIL-D-89009") if lineage == "chart" else None,
                licence="ODbL-1.0" if lineage == "detail" else "CC0-1.0",
                attribution="© survey contributors, ODbL" if lineage == "detail" else f"{title}, public domain",
                licence_file=f"{name}/LICENSE", ancestry="Digitised from imagery and maps (invented).",
                correlated_with=("bank",) if lineage == "chart" else (),
                package=Package("PyPI", f"package-{name}", "1.2.3", "lines.bin", f"{number}" * 64),
                file=f"{name}/line.geojson", sha256=f"{number + 1}" * 64,
            )
        )  # fmt: skip
    return tuple(made)


def in_plane(shape: Any) -> Any:
    return shapely.transform(shape, lambda p: np.column_stack(TO_PLANE.transform(p[:, 0], p[:, 1])))


def on_earth(shape: Any) -> Any:
    return shapely.transform(
        shape, lambda p: np.column_stack(TO_PLANE.transform(p[:, 0], p[:, 1], direction="INVERSE"))
    )


@cache
def views() -> tuple[SourceView, ...]:
    made = []
    for name, (_, _, line, _) in SHAPES.items():
        parts = list(split(DRAWN, line).geoms)
        north = max(parts, key=lambda part: part.centroid.y)
        made.append(
            SourceView(
                source=name,
                line=line.intersection(DRAWN),
                ground={"DZA": north, "MLI": DRAWN.difference(north)},
            )
        )
    return tuple(made)


def ring(name: str, low_m: float, high_m: float, territory: str) -> Any:
    line = in_plane(SHAPES[name][2])
    outer = line.buffer(high_m, quad_segs=6)
    inner = line.buffer(low_m, quad_segs=6) if low_m else Polygon()
    ground = next(view for view in views() if view.source == name).ground[territory]
    return on_earth(outer.difference(inner)).intersection(ground)


def measured(spot: tuple[float, float]) -> tuple[BoundaryMeasurement, ...]:
    made = []
    for name, (lineage, _, line, _) in SHAPES.items():
        flat = in_plane(line)
        near = nearest_points(in_plane(Spot(spot)), flat)[1]
        lon, lat = TO_PLANE.transform(near.x, near.y, direction="INVERSE")
        azimuth, _, distance = GEOD.inv(*spot, lon, lat)
        accuracy = ACCURACY_M[lineage]
        fit = accuracy <= distance / 3
        south = next(view for view in views() if view.source == name).ground["MLI"].contains(Spot(spot))
        meridian = line.intersection(LineString([(spot[0], 19.0), (spot[0], 20.8)]))
        crossing = min(shapely.get_coordinates(meridian).tolist(), key=lambda p: abs(p[1] - spot[1]))
        along, _, length = GEOD.inv(*spot, *crossing)
        for sense, metres, where, towards in (
            (Sense.SHORTEST, distance, (lon, lat), azimuth),
            (Sense.MERIDIAN, length, tuple(crossing), along),
        ):
            made.append(
                BoundaryMeasurement(
                    source=name, lineage=lineage, sense=sense, territory="MLI" if south else "DZA",
                    contested=False, distance_m=metres, signed_distance_m=metres if south else -metres,
                    nearest_lon_deg=where[0], nearest_lat_deg=where[1], azimuth_deg=towards % 360,
                    edges=Edges.PLANAR, chord_m=400.0, accuracy_m=accuracy,
                    accuracy_basis="documented" if lineage == "chart" else "assumed", accuracy_detail=None, fit=fit,
                    why=None if fit else "its accuracy, 25.00 km, is more than a third of the distance",
                )
            )  # fmt: skip
    return tuple(made)


def quantity(text: str, low: float, high: float, bound: str = "value") -> Quantity:
    return Quantity(text, Interval(low, high, high_open=math.isinf(high)), Precision.LAST_DIGIT, bound)


def reading(spot: tuple[float, float], text: str) -> Reading:
    half = 0.0005 / 3600
    return Reading(*spot, half, half, "dms", text, None, ("0.001″ is 3 cm: finer than any receiver can tell",))


def incident() -> Incident:
    border = ("MLI", "DZA")
    claims: tuple[Claim, ...] = (
        PositionClaim(id="m-wreck", party="mali", kind="position", tag="M1", reference="c73", point="wreck",
                      text="19°52’04.738’’N 2°53’38.101’’E", reading=reading(WRECK, "19°52’04.738’’N 2°53’38.101’’E")),
        BorderDistanceClaim(id="m-wreck-km", party="mali", kind="border_distance", tag="M2", reference="c73",
                            text="à 9.5 km au sud de la frontière", translation="9.5 km south of the border",
                            point="wreck", distance=quantity("9.5 km", 9450, 9550), territory="MLI", border=border),
        PositionClaim(id="m-link", party="mali", kind="position", tag="M3", reference="c73", point="link",
                      text="19°51’50.526”N 2°53’36.099”E", reading=reading(LINK, "19°51’50.526”N 2°53’36.099”E")),
        BorderDistanceClaim(id="m-link-km", party="mali", kind="border_distance", tag="M4", reference="c73",
                            text="10,2 km au sud de la frontière", point="link",
                            distance=quantity("10,2 km", 10150, 10250), territory="MLI", border=border),
        SeparationClaim(id="m-apart", party="mali", kind="separation", tag="M5", reference="c73", text="441 m",
                        points=("link", "wreck"), distance=quantity("441 m", 440.5, 441.5)),
        FallClaim(id="m-fall", party="mali", kind="fall", tag="M6", reference="c73", text="à la verticale",
                  translation="vertically", start="link", end="wreck", mode=FallMode.VERTICAL),
        TrackClaim(id="m-track", party="mali", kind="track", tag="M7", reference="c73", never_left="MLI",
                   border=border),
        BorderDistanceClaim(id="m-nine", party="mali", kind="border_distance", tag="M8", reference="minister",
                            text="à plus de 9 km", point="wreck", territory="MLI", border=border,
                            distance=quantity("plus de 9 km", 9000, math.inf, "more_than")),
        BorderDistanceClaim(id="a-depth", party="algeria", kind="border_distance", tag="A1", reference="mdn",
                            text="على مسافة 02 كيلومتر", translation="over a distance of 2 kilometres",
                            point="deepest", distance=quantity("up to 2 km", 0, 2500, "up_to"), territory="DZA",
                            border=border),
        BorderDistanceClaim(id="a-depth-2", party="algeria", kind="border_distance", tag="A2", reference="mfa",
                            text="1.6 km", point="deepest", distance=quantity("1.6 km", 1550, 1650),
                            territory="DZA", border=border),
        TimeClaim(id="a-time", party="algeria", kind="time", tag="A3", reference="mfa", text="00 h 08",
                  event="deepest", start_utc=datetime(2025, 3, 31, 23, 8, tzinfo=UTC),
                  end_utc=datetime(2025, 3, 31, 23, 8, tzinfo=UTC), zone="Africa/Algiers"),
        TimeClaim(id="m-time", party="mali", kind="time", tag="M9", reference=None,
                  text="dans la nuit du 31 mars au 1er avril", event="wreck",
                  start_utc=datetime(2025, 3, 31, 18, 0, tzinfo=UTC),
                  end_utc=datetime(2025, 4, 1, 6, 0, tzinfo=UTC), zone="Africa/Bamako"),
        BorderDistanceClaim(id="f-least", party="front", kind="border_distance", tag="F1", reference="tv",
                            text="dans un rayon d'au moins 20 kilomètres", point="wreck", territory="MLI",
                            border=border, distance=quantity("au moins 20 km", 20000, math.inf, "at_least")),
    )  # fmt: skip
    return Incident(
        id="sample", title="Loss of an aircraft near Tin Zaouatine",
        summary="Night of 31 March to 1 April 2025. Mali published two positions in Mali, about 9.5 and 10.2 km "
        "from the border. Algeria says that the aircraft entered its airspace by up to 2 km and published no "
        "coordinates.",
        borders=(border,),
        parties={
            "mali": Party("mali", "Mali", "MLI"),
            "algeria": Party("algeria", "Algeria", "DZA"),
            "front": Party("front", "Azawad Front", None),
        },
        references={
            "c73": Reference("c73", "Government of Mali", "Communiqué 073", date(2025, 4, 6), "fr",
                             "https://example.org/communique", None),
            "minister": Reference("minister", "Minister of Security", None, date(2025, 4, 7), "fr", None, None),
            "mdn": Reference("mdn", "Ministry of National Defence", None, date(2025, 4, 1), "ar", None, None),
            "mfa": Reference("mfa", "Ministry of Foreign Affairs", None, date(2025, 4, 7), "fr",
                             "https://example.org/mfa", "a" * 64),
            "tv": Reference("tv", "Television, Observers", None, None, "fr", "javascript:alert(1)", None),
        },
        points={
            "wreck": Point("wreck", "wreckage"),
            "link": Point("link", "last data link"),
            "deepest": Point("deepest", "deepest point of the entry"),
        },
        claims=claims,
        assumptions=(Assumption("same-entry", "Both Algerian figures speak of one entry.", ("a-depth", "a-depth-2")),),
        limits=("The track of the aircraft was not published.", "The place of the hit was not published.",
                "The line on the ground: the sources differ by more than a kilometre here."),
        file="sample.yaml", sha256="c" * 64,
    )  # fmt: skip


def by_source(values: tuple[BoundaryMeasurement, ...], claimed: Interval) -> dict[str, SourceOutcome]:
    made = {}
    voted: set[str] = set()
    for each in values:
        if each.sense is not Sense.SHORTEST:
            continue
        assert each.signed_distance_m is not None
        assert each.accuracy_m is not None
        widened = Interval.about(each.signed_distance_m, each.accuracy_m)
        overlaps = widened.overlaps(claimed)
        made[each.source] = SourceOutcome(
            outcome=Outcome.CONSISTENT if overlaps else Outcome.INCONSISTENT, measured=widened,
            value=each.signed_distance_m, uncertainty_m=each.accuracy_m, fit=each.fit,
            votes=each.fit and each.lineage not in voted, why=each.why,
        )  # fmt: skip
        voted.add(each.lineage)
    return made


def findings(measurements: Mapping[str, tuple[BoundaryMeasurement, ...]]) -> tuple[Finding, ...]:
    c, i, n, x = Outcome.CONSISTENT, Outcome.INCONSISTENT, Outcome.INDETERMINATE, Outcome.NOT_ASSESSABLE
    wreck, link = measurements["m-wreck"], measurements["m-link"]
    none: dict[str, Any] = {"by_source": {}, "evidence": {}}
    return (
        Finding(id="side-m-wreck", kind=FindingKind.SIDE, claims=("m-wreck",), outcome=c, robust=True, fragile_by=(),
                statement="The position of the wreckage lies in Mali by every source fit for the scale.",
                measured=Interval(9100, 10290), by_source=by_source(wreck, Interval.at_least(0)), evidence={}),
        Finding(id="distance-m-wreck-km", kind=FindingKind.DISTANCE, claims=("m-wreck-km", "m-wreck"), outcome=c,
                robust=False, fragile_by=("Detailed Survey were accurate to better than 0.41 km",),
                statement="The stated 9.5 km for the wreckage lies within the spread of the sources.",
                measured=Interval(8000, 12000), claimed=Interval(9450, 9550),
                by_source=by_source(wreck, Interval(9450, 9550)),
                alternatives=(AlternativeOutcome("measured along the meridian", c, Interval(9000, 11000),
                                                 Interval(9450, 9550)),),
                evidence={"spread_m": 1190.0}),
        Finding(id="distance-m-link-km", kind=FindingKind.DISTANCE, claims=("m-link-km", "m-link"), outcome=c,
                robust=False, fragile_by=("Detailed Survey were accurate to better than 0.13 km",),
                statement="The stated 10.2 km for the last data link lies within the spread of the sources.",
                measured=Interval(8400, 12400), claimed=Interval(10150, 10250),
                by_source=by_source(link, Interval(10150, 10250)), evidence={}),
        Finding(id="separation", kind=FindingKind.SEPARATION, claims=("m-apart", "m-wreck", "m-link"), outcome=c,
                robust=True, fragile_by=(), measured=Interval(440.8, 441.0), claimed=Interval(440.5, 441.5),
                statement="The two positions lie 440.9 m apart, as stated.", **none),
        Finding(id="lipschitz", kind=FindingKind.LIPSCHITZ, claims=("m-wreck-km", "m-link-km", "m-apart"),
                outcome=i, robust=False, fragile_by=("9.5 may mean nine and a half",
                                                     "the distances run along the meridian"),
                statement="Two points 441 m apart cannot lie 9.5 and 10.2 km from one line: the distances differ by "
                "at least 600 m, which is 158.5 m too much.", measured=Interval(0, 441.5),
                claimed=Interval(600, 800), **none),
        Finding(id="depths", kind=FindingKind.REGIONS, claims=("a-depth", "a-depth-2"), outcome=c, robust=True,
                fragile_by=(), statement="A depth of 1.6 km lies within 2 km.", **none),
        Finding(id="track", kind=FindingKind.TRACK, claims=("m-track",), outcome=x, robust=True, fragile_by=(),
                statement="Whether the aircraft ever left Mali cannot be tested.",
                missing=("the track of the aircraft",), **none),
        Finding(id="depth", kind=FindingKind.DISTANCE, claims=("a-depth",), outcome=x, robust=True, fragile_by=(),
                statement="A depth of up to 2 km cannot be tested.", missing=("a position or a track of the entry",),
                **none),
        Finding(id="fall", kind=FindingKind.MOTION, claims=("m-fall", "m-apart"), outcome=n, robust=True,
                fragile_by=(), statement="441 m of drift is 8.4° off the vertical from 3,000 m and 2.8° from 9,000 m.",
                missing=("the altitude at which the link was lost",), **none),
        Finding(id="times", kind=FindingKind.TIMES, claims=("a-time", "m-time"), outcome=c, robust=True,
                fragile_by=(), statement="Both times lie in the night of 31 March to 1 April in UTC.", **none),
    )  # fmt: skip


def regions() -> tuple[Region, ...]:
    spans = (
        ("m-wreck-km", "ribbon", 9450, 9550, "MLI"), ("m-link-km", "ribbon", 10150, 10250, "MLI"),
        ("m-nine", "beyond", 9000, 90000, "MLI"), ("a-depth", "band", 0, 2500, "DZA"),
        ("a-depth-2", "ribbon", 1550, 1650, "DZA"), ("f-least", "beyond", 20000, 90000, "MLI"),
    )  # fmt: skip
    return tuple(
        Region(claim=claim, source=name, style=style, geometry=ring(name, low, high, ground))
        for name in SHAPES
        for claim, style, low, high, ground in spans
    )


@cache
def sample_data() -> AssessmentData:
    """A case with two positions, ribbons, a band, seven sources and every outcome."""
    measurements = {"m-wreck": measured(WRECK), "m-link": measured(LINK)}
    connectors = tuple(
        Connector(claim=claim, source=each.source, lon_deg=spot[0], lat_deg=spot[1],
                  nearest_lon_deg=each.nearest_lon_deg or 0.0, nearest_lat_deg=each.nearest_lat_deg or 0.0,
                  distance_m=each.distance_m or 0.0)
        for claim, spot in (("m-wreck", WRECK), ("m-link", LINK))
        for each in measurements[claim]
        if each.sense is Sense.SHORTEST
    )  # fmt: skip
    north = Polygon([(-8.6, 27.3), (0, 36), (8.5, 37), (9.5, 30), (12, 23.5), (5.8, 19.4), (3.2, 19.1), (1.2, 21.1)])
    south = Polygon([(-4.8, 25), (1.2, 21.1), (3.2, 19.1), (4.2, 16), (0, 15), (-5, 10.5), (-12, 14), (-5.5, 15.5)])
    return AssessmentData(
        incident=incident(), sources=sources(),
        rule={"name": "interval rule", "steps": ["measure per source", "one vote a lineage"], "fit_divisor": 3},
        findings=findings(measurements), measurements=measurements, regions=regions(), connectors=connectors,
        views=views(), view_box_deg=VIEW,
        places=(
            Place("tz-dza", "Tin Zaouatine", "تين زاوتين", "DZA", 2.9667, 19.9533, 500.0, "encyclopaedia"),
            Place("tz-mli", "Tinzawaten", "تينزاواتين", "MLI", 2.8828, 19.9628, 500.0, "encyclopaedia"),
        ),
        locator={"DZA": north, "MLI": south, "NER": box(4.2, 12, 15, 23)},
        manifest={"geoinc": "0.1.0", "input_sha256": "c" * 64, "boundaries": {"detail-2026": "1" * 64}},
    )  # fmt: skip


def bare_data() -> AssessmentData:
    """A case in which nobody published anything that can be drawn."""
    full = sample_data()
    lone = TrackClaim(id="x", party="mali", kind="track", tag="M1", never_left="MLI", border=("MLI", "DZA"))
    return dataclasses.replace(
        full,
        incident=dataclasses.replace(full.incident, claims=(lone,), assumptions=(), limits=(), summary=""),
        findings=(), measurements={}, regions=(), connectors=(), places=(), locator={},
    )  # fmt: skip


def crowded_data(count: int = 200) -> AssessmentData:
    """A case with many positions by many parties."""
    full = sample_data()
    parties = {f"p{n}": Party(f"p{n}", f"Party {n:02d}", None) for n in range(9)}
    claims = tuple(
        PositionClaim(
            id=f"c{n}", party=f"p{n % 9}", kind="position", tag=f"P{n}", point=f"w{n % 3}",
            reading=reading((2.6 + 0.003 * n, 19.7 + 0.19 * abs(math.sin(n))), "19°52′N 2°53′E"),
        )
        for n in range(count)
    )  # fmt: skip
    points = {f"w{n}": Point(f"w{n}", f"place {n}") for n in range(3)}
    bare = dataclasses.replace(full.incident, parties=parties, claims=claims, points=points, assumptions=())
    return dataclasses.replace(full, incident=bare, findings=(), measurements={}, regions=(), connectors=())


def coarse_data() -> AssessmentData:
    """The sample with its first position printed in whole degrees."""
    full = sample_data()
    first, *others = full.incident.claims
    assert isinstance(first, PositionClaim)
    printed = dataclasses.replace(first, text="20N 3E", reading=Reading(3.0, 20.0, 0.5, 0.5, "decimal", "20N 3E"))
    return dataclasses.replace(full, incident=dataclasses.replace(full.incident, claims=(printed, *others)))


def long_data() -> AssessmentData:
    """The sample with names and words that nothing breaks: of parties, points, sources, findings and claims."""
    return salted(sample_data(), lambda text: text + 3 * "Extraordinarilylongnamewithoutanyspacesatallthatgoesonandon")


def salted(data: AssessmentData, salt: Callable[[str], str]) -> AssessmentData:
    """Return the same case with every text, ids included, passed through `salt`.

    `salt` must give different results for different texts, so that ids still find each other.
    """

    def turn(value: Any, name: str = "") -> Any:  # noqa: PLR0911 - one return a kind of value
        if isinstance(value, Enum) or name in {"style", "bound", "notation"}:
            return value
        if isinstance(value, str):
            return salt(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.replace(
                value, **{f.name: turn(getattr(value, f.name), f.name) for f in dataclasses.fields(value)}
            )
        if isinstance(value, tuple):
            return tuple(turn(each) for each in value)
        if isinstance(value, list):
            return [turn(each) for each in value]
        if isinstance(value, Mapping):
            return {turn(key): turn(each) for key, each in value.items()}
        return value

    salted_data: AssessmentData = turn(data)
    return salted_data


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "'><svg onload=window.pwned=1>",
    "<img src=x onerror=window.pwned=1>",
    "${window.pwned=1}",
    "`+(window.pwned=1)+`",
    "\\`${window.pwned=1}",
    "{{ 7*7 }}{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% raw %}100{% of",
    "{# x #}{#12",
    "%%DATA%%",
    "</title></style><script>window.pwned=1</script>",
    "<!--<script>",
    "-->",
    "\u2028window.pwned=1\u2029",
    "\u202edetrevni",
    "a\x00b\x07c",
    "javascript:window.pwned=1",
    "];window.pwned=1;//",
    "&lt;b&gt;&amp;",
)


def hostile_data() -> AssessmentData:
    """The sample with all hostile texts behind every text of it, addresses included."""
    return salted(sample_data(), lambda text: text + " ".join(HOSTILE))
