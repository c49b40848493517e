"""Lines: what is accepted, how edges are counted, and what is said of wrong input."""

import numpy as np
import pytest
import shapely

from geoinc.errors import GeometryError
from geoinc.geodesy import Edges, Line, length_m, nearest

every_kind = pytest.mark.parametrize("edges", Edges)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([], "at least one part"),
        ([[(0.0, 0.0)]], "part 0 of the line has 1 position"),
        ([[(0.0, 0.0), (1.0, 1.0)], [(3.0, 3.0), (3.0, 3.0)]], "part 1 of the line stays at one place"),
        ([[(0.0, 0.0), (360.0, 0.0)]], "stays at one place"),
        ([[(0.0, 90.0), (50.0, 90.0)]], "stays at one place"),
        ([[(0.0, 0.0), (1.0, 90.5)]], "position 1 of part 0 is out of range: lon 1, lat 90.5"),
        ([[(0.0, 0.0), (541.0, 0.0)]], "out of range"),
        ([[(0.0, 0.0), (np.nan, 0.0)]], "position 1 of part 0 is out of range"),
        ([[(0.0, np.inf), (1.0, 0.0)]], "position 0 of part 0 is out of range"),
        ([[(0.0, 0.0, 1.0), (1.0, 0.0, 1.0)]], r"shape \(2, 3\)"),
        ([[("a", 0.0), (1.0, 0.0)]], "not an array of numbers"),
    ],
)
def test_wrong_lines_are_refused_with_their_place(parts, says):
    with pytest.raises(GeometryError, match=says):
        Line(parts, Edges.GEODESIC)


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (shapely.Point(0, 0), "from Point"),
        (shapely.LineString(), "is empty"),
        (shapely.GeometryCollection([shapely.Point(0, 0)]), "from GeometryCollection"),
        (None, "from nothing"),
    ],
)
def test_other_geometries_are_refused(geometry, says):
    with pytest.raises(GeometryError, match=says):
        Line.from_geometry(geometry, Edges.PLANAR)


def test_geometries_and_their_edges():
    hole = [(1, 1), (1, 2), (2, 2), (1, 1)]
    square = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]
    polygon = shapely.Polygon(square, [hole])
    assert Line.from_geometry(polygon, Edges.PLANAR).edge_count == 7
    assert Line.from_geometry(shapely.LinearRing(square), Edges.PLANAR).edge_count == 4
    assert Line.from_geometry(shapely.LineString([(0, 0, 5), (1, 1, 5)]), Edges.PLANAR).edge_count == 1
    both = shapely.MultiPolygon([polygon, shapely.Polygon([(9, 9), (10, 9), (9, 10)])])
    line = Line.from_geometry(both, Edges.PLANAR)
    assert line.part_start.tolist() == [0, 5, 9, 13]
    assert line.edge_count == 10


@every_kind
def test_edges_are_counted_through_all_parts_those_without_length_too(edges):
    line = Line([[(0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (2.0, 0.0)], [(0.0, 5.0), (0.0, 5.0), (1.0, 5.0)]], edges)
    assert line.edge_count == 5
    assert line.has_length.tolist() == [True, False, True, False, True]
    assert nearest(line, [0.5, 1.5, 0.5], [0.1, 0.1, 5.1]).edge_index.tolist() == [0, 2, 4]
    assert nearest(line, 1.0, 0.1).edge_index == 0


def test_lines_cannot_be_changed():
    given = np.array([(0.0, 0.0), (1.0, 0.0)])
    line = Line([given], Edges.PLANAR)
    given[1, 0] = 50.0
    assert line.lon.tolist() == [0.0, 1.0]
    with pytest.raises(ValueError, match="read-only"):
        line.lon[0] = 3.0
    with pytest.raises(ValueError, match="read-only"):
        line.parts[0][0, 0] = 3.0
    with pytest.raises(AttributeError):
        line.edges = Edges.RHUMB


def test_kinds_may_be_given_by_name():
    assert Line([[(0, 0), (1, 0)]], "rhumb").edges is Edges.RHUMB
    with pytest.raises(ValueError, match="loxodrome"):
        Line([[(0, 0), (1, 0)]], "loxodrome")


def test_lengths():
    quarter = 10_001_965.729  # the meridian from equator to pole on WGS 84
    for edges in Edges:
        assert abs(length_m(Line([[(7.0, 0.0), (7.0, 90.0)]], edges)) - quarter) < 1e-3
        assert abs(length_m(Line([[(10.0, 0.0), (11.0, 0.0)]], edges)) - 111_319.490_793) < 1e-6
    # Half the parallel of 60 degrees; the geodesic goes over the pole instead.
    parallel = [(0.0, 60.0), (180.0, 60.0)]
    radius = 6378137 * np.cos(np.pi / 3) / np.sqrt(1 - 0.0066943799901413165 * 0.75)
    assert abs(length_m(Line([parallel], Edges.PLANAR)) - np.pi * radius) < 1e-5
    assert abs(length_m(Line([parallel], Edges.RHUMB)) - np.pi * radius) < 1e-5
    assert length_m(Line([parallel], Edges.GEODESIC)) < 0.7 * np.pi * radius


def test_a_rhumb_line_to_a_pole_is_a_meridian():
    line = Line([[(20.0, 80.0), (75.0, 90.0)]], Edges.RHUMB)
    assert nearest(line, 20.0, 85.0).distance_m < 1e-6
    assert abs(length_m(line) - length_m(Line([[(20.0, 80.0), (20.0, 90.0)]], Edges.GEODESIC))) < 1e-6
