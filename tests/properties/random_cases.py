"""Random incidents on a random border: every kind of claim, two or three parties, two to four sources."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import shapely
from hypothesis import strategies as st
from shapely import LineString, Polygon

from geoinc.boundaries import Accuracy, Border, BoundaryLine, Source, load_catalogue
from geoinc.geodesy import Edges

WEST, SOUTH, EAST, NORTH = 2.7, 19.7, 3.3, 20.3
MIDDLE = 20.0
PAIR = ("MLI", "DZA")
POINTS = ("wreck", "link", "hit", "camp")


@dataclass(frozen=True)
class RandomCase:
    """An incident as its file would hold it, and the border that it is measured against."""

    content: dict[str, Any]
    border: Border

    def text(self) -> str:
        return json.dumps(self.content, ensure_ascii=False)

    def __repr__(self) -> str:
        lines = {name: self.border[name].line.wkt for name in self.border}
        return f"RandomCase({self.text()}, {lines})"


def make_border(pair: tuple[str, str], lines: dict[str, BoundaryLine]) -> Border:
    return Border(pair, load_catalogue(), tuple(line.source for line in lines.values()), lines)


def exchange_grounds(border: Border, exchanged: dict[str, str]) -> Border:
    """The same lines, with the two grounds, and the order of the two territories, exchanged."""
    pair = (exchanged[border.pair[0]], exchanged[border.pair[1]])
    lines = {
        name: replace(
            border[name],
            pair=pair,
            ground=MappingProxyType({exchanged[code]: shape for code, shape in border[name].ground.items()}),
            _lines={},
        )
        for name in border
    }
    return make_border(pair, lines)


def _source(name: str, lineage: str, scale: int | None, edges: Edges, accuracy_m: float | None) -> Source:
    documented = None
    if accuracy_m is not None:
        documented = Accuracy(accuracy_m, 0.95, accuracy_m, "documented", "an invented document")
    return Source(
        id=name,
        lineage=lineage,
        title=f"Invented {name}",
        vintage="2025",
        scale_denominator=scale,
        edges=edges,
        accuracy=documented,
        licence="CC0-1.0",
        attribution="",
        licence_file=None,
        ancestry="invented",
        correlated_with=(),
        package=None,
        file=f"{name}.geojson",
        sha256="0" * 64,
    )


@st.composite
def borders(draw: st.DrawFn) -> Border:
    """Two to four sources of one to three lineages, each with its own jitter of one line across the window."""
    count = draw(st.integers(3, 5))
    course = [
        (WEST + (EAST - WEST) * k / (count - 1), MIDDLE + draw(st.integers(-50, 50)) / 1000.0) for k in range(count)
    ]
    along_meridian = draw(st.booleans())
    first_side = draw(st.sampled_from([PAIR, PAIR[::-1]]))
    lines = {}
    for number in range(draw(st.integers(2, 4))):
        jitter = [0.0, *(draw(st.integers(-60, 60)) / 10_000.0 for _ in course[1:-1]), 0.0]
        vertices = [(lon, lat + by) for (lon, lat), by in zip(course, jitter, strict=True)]
        upper = [*vertices, (EAST, NORTH), (WEST, NORTH)]
        lower = [*vertices, (EAST, SOUTH), (WEST, SOUTH)]
        if along_meridian:
            # Longitude and latitude take each other's place, as the window is square.
            vertices, upper, lower = (
                [(lat - SOUTH + WEST, lon - WEST + SOUTH) for lon, lat in ring] for ring in (vertices, upper, lower)
            )
        lineage = draw(st.sampled_from(["north", "south", "third"]))
        name = f"{lineage}-{number}"
        source = _source(
            name,
            lineage,
            draw(st.sampled_from([None, 250_000, 1_000_000])),
            draw(st.sampled_from([Edges.PLANAR, Edges.GEODESIC])),
            draw(st.sampled_from([None, 20.0, 100.0, 500.0, 5000.0])),
        )
        lines[name] = BoundaryLine(
            source,
            PAIR,
            LineString(vertices),
            MappingProxyType(dict(zip(first_side, (Polygon(upper), Polygon(lower)), strict=True))),
            shapely.box(WEST, SOUTH, EAST, NORTH),
        )
    return make_border(PAIR, lines)


distances = st.one_of(
    st.builds(
        "{}{:.{}f} km".format,
        st.sampled_from(["", "", "", "up to ", "at least ", "more than ", "about "]),
        st.floats(0.1, 25.0),
        st.integers(0, 2),
    ),
    st.builds("{:d} m".format, st.integers(1, 900)),
)
parties = st.sampled_from(["mali", "algeria", "watchers"])
territories = st.sampled_from(PAIR)
points = st.sampled_from(POINTS)
pairs_of_points = st.lists(points, min_size=2, max_size=2, unique=True)
clocks = st.builds("2025-04-0{} {:02d}:{:02d}".format, st.integers(1, 2), st.integers(0, 23), st.integers(0, 59))


@st.composite
def positions(draw: st.DrawFn) -> str:
    digits = draw(st.sampled_from([2, 3, 5]))
    lat = draw(st.floats(19.8, 20.2))
    lon = draw(st.floats(2.8, 3.2))
    return f"{lat:.{digits}f}N {lon:.{digits}f}E"


alternatives = st.lists(
    st.one_of(
        st.just({"sense": "meridian"}),
        st.just({"precision": "fractional"}),
        st.builds(lambda text: {"distance": text}, distances),
        st.just({"edges": "rhumb"}),
    ),
    max_size=2,
    unique_by=lambda each: next(iter(each)),
)


SENSES = ("shortest", "shortest", "meridian", "heading")
ZONES = ("Africa/Bamako", "Africa/Algiers")


@st.composite
def _border_distance(draw: st.DrawFn) -> dict[str, Any]:
    claim = {
        "point": draw(points),
        "distance": draw(distances),
        "sense": draw(st.sampled_from(SENSES)),
        "territory": draw(st.one_of(territories, territories, st.none())),
        "alternatives": draw(alternatives),
    }
    if claim["sense"] == "heading":
        claim["bearing_deg"] = float(draw(st.integers(0, 359)))
    if draw(st.integers(0, 3)) == 0:
        claim["near"] = {"places": ["post"], "within": "10 km"}
    return claim


@st.composite
def _track(draw: st.DrawFn) -> dict[str, Any]:
    way = draw(st.lists(positions(), max_size=3))
    claim = {"positions": way, "never_left": draw(territories)}
    if way and draw(st.booleans()):
        claim |= {"times": [f"2025-04-01 {k:02d}:30" for k in range(len(way))], "zone": "Africa/Bamako"}
    return claim


@st.composite
def _time(draw: st.DrawFn) -> dict[str, Any]:
    start, end = sorted([draw(clocks), draw(clocks)])
    return {"event": draw(points), "start": start, "end": end, "zone": draw(st.sampled_from(ZONES))}


@st.composite
def _fall(draw: st.DrawFn) -> dict[str, Any]:
    start, end = draw(pairs_of_points)
    claim = {"from": start, "to": end, "mode": draw(st.sampled_from(["vertical", "ballistic", "glide"]))}
    return claim | draw(st.sampled_from([{}, {"altitude": "3000 m", "speed": "250 km/h"}]))


CLAIMS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "position": st.fixed_dictionaries(
        {"point": points, "text": positions()}, optional={"accuracy": st.sampled_from(["10 m", "1 km"])}
    ),
    "border_distance": _border_distance(),
    "within": st.fixed_dictionaries({"point": points, "territory": territories}),
    "separation": st.fixed_dictionaries({"points": pairs_of_points, "distance": distances}),
    "place_offset": st.fixed_dictionaries(
        {"point": points, "places": st.sampled_from([["post"], ["post", "well"]]), "distance": distances},
        optional={"direction": st.sampled_from(["south-east", "west", "bearing 20°"])},
    ),
    "track": _track(),
    "time": _time(),
    "fall": _fall(),
    "same_point": st.fixed_dictionaries({"points": pairs_of_points}),
}
KINDS = tuple(kind for kind in CLAIMS if kind != "position")


@st.composite
def claims(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    return {"party": draw(parties), "kind": kind, **draw(CLAIMS[kind])}


@st.composite
def bundles(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims of one party that hang together: figures that bound each other, or that nearly agree."""
    party = draw(parties)
    one, other, third = draw(st.permutations(POINTS))[:3]
    kind = draw(st.sampled_from(["bound", "triangle", "agreeing"]))
    if kind == "triangle":
        sides = [(one, other), (other, third), (third, one)]
        return [
            {"party": party, "kind": "separation", "points": list(ends), "distance": draw(distances)} for ends in sides
        ]
    if kind == "bound":
        figures = [
            {
                "party": party,
                "kind": "border_distance",
                "point": point,
                "territory": draw(territories),
                "distance": draw(distances),
                "alternatives": draw(alternatives),
            }
            for point in (one, other)
        ]
        apart = {"party": party, "kind": "separation", "points": [one, other], "distance": draw(distances)}
        return [*figures, apart]
    away_deg = draw(st.sampled_from([0.05, 0.1, 0.2]))
    side = draw(st.sampled_from([-1, 1]))
    return [
        {"party": party, "kind": "position", "point": one, "text": f"{MIDDLE + side * away_deg:.4f}N 3.0000E"},
        {
            "party": draw(parties),
            "kind": "border_distance",
            "point": one,
            "territory": draw(st.one_of(territories, st.none())),
            "distance": f"{draw(st.sampled_from(['about ', 'more than ', 'up to ']))}{away_deg * 110:.0f} km",
            "alternatives": draw(alternatives),
        },
    ]


@st.composite
def random_cases(draw: st.DrawFn) -> RandomCase:
    """An incident with a few positions, claims that hang together, and some others."""
    told = [draw(claims("position")) for _ in range(draw(st.integers(0, 2)))]
    told += draw(bundles())
    told += [draw(claims(kind)) for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))]
    content = {
        "schema": "geoinc/incident/1",
        "id": "random",
        "title": "An invented incident",
        "border": list(PAIR),
        "parties": {
            "mali": {"name": "Mali", "territory": "MLI"},
            "algeria": {"name": "Algeria", "territory": "DZA"},
            "watchers": {"name": "Watchers", "territory": None},
        },
        "points": {name: {"label": f"place of the {name}"} for name in POINTS},
        "places": {
            "post": _place("Old Post", "MLI", "19.95N 2.95E"),
            "well": _place("New Well", "DZA", "20.05N 3.05E"),
        },
        "claims": [{"id": f"claim-{number}", "tag": f"T{number}", **claim} for number, claim in enumerate(told)],
    }
    return RandomCase(content, draw(borders()))


def _place(name: str, territory: str, position: str) -> dict[str, str]:
    return {
        "name": name,
        "territory": territory,
        "position": position,
        "accuracy": "200 m",
        "source": "invented",
    }
