"""Every sampled place of a region satisfies its claims by the kernel, and none outside does, to 1 m at the rim."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoinc.boundaries import BoundaryLine, Source
from geoinc.claims import BorderDistanceClaim, Near, PlaceOffsetClaim, PositionClaim, WithinClaim
from geoinc.geodesy import Edges, inverse
from geoinc.intervals import Interval
from geoinc.measurement import Sense, find_crossing, signed_distances_m
from geoinc.notation import Reading
from geoinc.places import Place
from geoinc.quantities import Precision, Quantity
from geoinc.regions import Account, Drawing, Tie, View

PAIR = ("AAA", "BBB")
SOURCE = Source(
    id="made",
    lineage="made",
    title="A made line",
    vintage="2025",
    scale_denominator=None,
    edges=Edges.PLANAR,
    accuracy=None,
    licence="CC0-1.0",
    attribution="",
    licence_file=None,
    ancestry="made for a test",
    correlated_with=(),
    package=None,
    file="",
    sha256="0" * 64,
)


def made_line(lon, lat, rises, edges=Edges.PLANAR):
    """A line from west to east through random latitudes, with AAA to the north and BBB to the south."""
    east = np.linspace(-1.2, 1.2, len(rises)) / math.cos(math.radians(lat))
    line = np.column_stack([lon + east, lat + np.asarray(rises)])
    west, right = line[0, 0], line[-1, 0]
    north = shapely.Polygon([*line, (right, lat + 2), (west, lat + 2)])
    south = shapely.Polygon([*line, (right, lat - 2), (west, lat - 2)])
    window = shapely.box(west, lat - 2, right, lat + 2)
    return BoundaryLine(
        replace(SOURCE, edges=edges),
        PAIR,
        shapely.LineString(line),
        MappingProxyType({"AAA": north, "BBB": south}),
        window,
    )


def quantity(low_m, high_m):
    return Quantity("made", Interval(low_m, high_m), Precision.DECLARED)


def account(claims, lon, lat, half_m=20_000.0, ties=()):
    return Account(list(claims), list(ties), canonical=str, otherwise=View(lon, lat, half_m))


def common(number=1, point="p"):
    return {"id": f"c{number}", "party": "one", "kind": "made", "tag": f"C{number}", "point": point}


lon0 = st.floats(-179, 179).map(lambda value: round(value, 3))
lat0 = st.floats(-65, 65).map(lambda value: round(value, 3))
rises = st.lists(st.floats(-0.12, 0.12), min_size=4, max_size=24)
lengths = st.floats(0, 15_000)
seeds = st.integers(0, 2**32 - 1)


def samples(region, view, seed, count=60):
    """Places all over the view, and some a little more than 1 m from the rim; each with whether the region has it."""
    random = np.random.default_rng(seed)
    xy = random.uniform(-view.half_m, view.half_m, (count, 2))
    rim = region.boundary
    if not rim.is_empty:
        on = shapely.line_interpolate_point(rim, random.uniform(0, 1, count), normalized=True)
        turn = random.uniform(0, 2 * math.pi, count)
        off = random.uniform(1.0, 2.5, count)
        near = shapely.get_coordinates(on) + off[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
        xy = np.concatenate([xy, near])
    points = shapely.points(xy)
    sure = shapely.distance(rim, points) > 1.0 if not rim.is_empty else np.ones(len(xy), dtype=bool)
    # Beyond the view nothing is drawn.
    sure &= np.abs(xy).max(axis=1) < view.half_m - 1.0
    lon, lat = shapely.get_coordinates(view.frame.to_globe(points[sure])).T
    return lon, lat, shapely.contains(region, points[sure])


def check(holder, drawing, seed, satisfied):
    region = holder.regions(drawing)["p"]
    lon, lat, inside = samples(region, holder.view, seed)
    wanted = satisfied(lon, lat)
    wrong = np.flatnonzero(inside != wanted)
    assert wrong.size == 0, (lon[wrong[0]], lat[wrong[0]], bool(inside[wrong[0]]), region.area)
    return inside


@settings(max_examples=60, deadline=None)
@given(lon0, lat0, rises, lengths, st.floats(50, 15_000), st.sampled_from([None, *PAIR]), seeds)
def test_shortest(lon, lat, ups, low_m, width_m, territory, seed):
    line = made_line(lon, lat, ups)
    claim = BorderDistanceClaim(**common(), distance=quantity(low_m, low_m + width_m), territory=territory, border=PAIR)

    def satisfied(lons, lats):
        signed = signed_distances_m(line, lons, lats, territory or "AAA")
        value = signed if territory else np.abs(signed)
        return (value >= low_m) & (value <= low_m + width_m)

    check(account([claim], lon, lat), Drawing({PAIR: line}), seed, satisfied)


@settings(max_examples=20, deadline=None)
@given(lon0, lat0, rises, st.floats(10, 15_000), st.sampled_from(PAIR), seeds, st.sampled_from(list(Edges)))
def test_at_least_and_within(lon, lat, ups, low_m, territory, seed, edges):
    line = made_line(lon, lat, ups, edges)
    far = BorderDistanceClaim(**common(), distance=quantity(low_m, math.inf), territory=territory, border=PAIR)
    within = WithinClaim(**common(2), territory=territory, border=PAIR)
    for claims, least_m in (([far], low_m), ([within], 0.0), ([within, far], low_m)):
        check(
            account(claims, lon, lat),
            Drawing({PAIR: line}),
            seed,
            lambda lons, lats, least_m=least_m: signed_distances_m(line, lons, lats, territory) >= least_m,
        )


@settings(max_examples=8, deadline=None)
@given(
    lon0,
    lat0,
    rises,
    lengths,
    st.floats(50, 10_000),
    st.one_of(st.none(), st.floats(0, 359)),
    st.sampled_from([None, *PAIR]),
    seeds,
)
def test_along_the_meridian_and_a_bearing(lon, lat, ups, low_m, width_m, bearing, territory, seed):
    line = made_line(lon, lat, ups)
    sense = Sense.MERIDIAN if bearing is None else Sense.HEADING
    claim = BorderDistanceClaim(
        **common(),
        distance=quantity(low_m, low_m + width_m),
        territory=territory,
        border=PAIR,
        sense=sense,
        bearing_deg=bearing,
    )

    def satisfied(lons, lats):
        found = []
        for x, y in zip(lons, lats, strict=True):
            crossing = find_crossing(line, sense, x, y, bearing_deg=bearing)
            met = crossing is not None and low_m <= crossing.distance_m <= low_m + width_m
            here = territory is None or bool(signed_distances_m(line, [x], [y], territory)[0] > 0)
            found.append(met and here)
        return np.array(found, dtype=bool)

    check(account([claim], lon, lat), Drawing({PAIR: line}), seed, satisfied)


@settings(max_examples=60, deadline=None)
@given(
    lon0,
    lat0,
    lengths,
    st.floats(50, 15_000),
    st.one_of(st.none(), st.tuples(st.floats(0, 359), st.floats(5, 300))),
    seeds,
)
def test_place_offset(lon, lat, low_m, width_m, sector, seed):
    place = Place("x", "X", "", "AAA", lon, lat, 0.0, "made")
    direction = None if sector is None else (sector[0], (sector[0] + sector[1]) % 360.0)
    claim = PlaceOffsetClaim(
        **common(), places=(place,), distance=quantity(low_m, low_m + width_m), direction_deg=direction
    )

    def satisfied(lons, lats):
        distance, azimuth, _ = inverse(np.full_like(lons, lon), np.full_like(lats, lat), lons, lats)
        there = (distance >= low_m) & (distance <= low_m + width_m)
        return there if sector is None else there & ((azimuth - sector[0]) % 360.0 <= sector[1])

    check(account([claim], lon, lat), None, seed, satisfied)


@settings(max_examples=30, deadline=None)
@given(lon0, lat0, st.floats(1e-6, 0.02), st.floats(1e-6, 0.02), st.floats(0, 3_000), seeds)
def test_position_with_its_accuracy(lon, lat, half_lon, half_lat, accuracy_m, seed):
    reading = Reading(lon, lat, half_lon, half_lat, "made", "", accuracy_m)
    claim = PositionClaim(**common(), reading=reading)

    def satisfied(lons, lats):
        off = (lons - lon + 180.0) % 360.0 - 180.0
        to_lon = lon + np.clip(off, -half_lon, half_lon)
        to_lat = np.clip(lats, lat - half_lat, lat + half_lat)
        # The nearest place of a small cell is found well enough by clamping, and then by a step along its edge.
        steps = np.linspace(-0.02, 0.02, 41)[:, None] * half_lon
        tried = np.clip(to_lon - lon + steps, -half_lon, half_lon) + lon
        many = [np.broadcast_to(each, tried.shape).ravel() for each in (lons, lats, to_lat)]
        distance = inverse(many[0], many[1], tried.ravel(), many[2])[0].reshape(tried.shape)
        return distance.min(axis=0) <= accuracy_m + 0.01

    check(account([claim], lon, lat), None, seed, satisfied)


@settings(max_examples=30, deadline=None)
@given(lon0, lat0, rises, st.floats(100, 9_000), st.floats(2_000, 9_000), st.floats(0, 15_000), seeds)
def test_two_claims_and_two_places(lon, lat, ups, depth_m, within_m, apart_m, seed):
    line = made_line(lon, lat, ups)
    near = Near(
        (
            Place("x", "X", "", "AAA", lon, lat, 0.0, "made"),
            Place("y", "Y", "", "AAA", lon + apart_m / 111_000 / math.cos(math.radians(lat)), lat, 0.0, "made"),
        ),
        within_m,
    )
    deep = BorderDistanceClaim(**common(), distance=quantity(0.0, depth_m), territory="BBB", border=PAIR, near=near)
    also = BorderDistanceClaim(**common(2), distance=quantity(50.0, 2 * depth_m), territory="BBB", border=PAIR)

    def satisfied(lons, lats):
        signed = signed_distances_m(line, lons, lats, "BBB")
        distances = [
            inverse(np.full_like(lons, p.lon_deg), np.full_like(lats, p.lat_deg), lons, lats)[0] for p in near.places
        ]
        return (signed >= 50.0) & (signed <= depth_m) & (np.min(distances, axis=0) <= within_m)

    check(account([deep, also], lon, lat), Drawing({PAIR: line}), seed, satisfied)


@settings(max_examples=40, deadline=None)
@given(lon0, lat0, st.floats(10, 6_000), st.floats(0, 6_000), st.floats(5, 6_000), st.floats(100, 12_000), seeds)
def test_a_separation_ties_two_points(lon, lat, radius_m, low_m, width_m, away_m, seed):
    """One point in a disc, the other at a distance from it and in a second disc: each place has a partner."""
    other = lon + away_m / 111_000 / math.cos(math.radians(lat))
    discs = {"q": (lon, radius_m), "p": (other, 4_000.0)}
    claims = [
        PlaceOffsetClaim(
            **common(number, point),
            places=(Place(point, point, "", "AAA", at, lat, 0.0, "made"),),
            distance=quantity(0.0, reach_m),
        )
        for number, (point, (at, reach_m)) in enumerate(discs.items())
    ]
    tie = Tie("t", ("q", "p"), Interval(low_m, low_m + width_m))

    def satisfied(lons, lats):
        own = inverse(np.full_like(lons, other), np.full_like(lats, lat), lons, lats)[0] <= 4_000.0
        away = inverse(np.full_like(lons, lon), np.full_like(lats, lat), lons, lats)[0]
        # Within the first disc every distance from away - radius (or 0) to away + radius occurs.
        least, greatest = np.maximum(0.0, away - radius_m), away + radius_m
        return own & (least <= low_m + width_m) & (greatest >= low_m)

    check(account(claims, lon, lat, ties=[tie]), None, seed, satisfied)
