"""What is declared beside a boundary file: every field checked, every problem with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoinc.boundaries.own.description import find_description, read_description
from geoinc.errors import BoundaryFileError
from geoinc.geodesy import Edges

WHOLE = """\
schema: geoinc/boundary/1
id: lsib-2024
title: Large Scale International Boundaries
lineage: lsib
edges: planar
accuracy: {value: 500 m, coverage: 0.9, document: "Report 7, table 2"}
vintage: 2024-05
scale: "1:250,000"
simplified: 20 m
licence: LicenseRef-public-domain
attribution: Office of the Geographer
ancestry: Recovered from treaties and imagery.
correlated_with: [osm]
property: CC1
layer: lines
left: rou
right: UKR
select: {CC1: RO, CC2: UA}
crs: EPSG:4326
tolerance: 0.05 km
accept_interruptions: true
"""


def described(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "lines.gpkg.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_every_field_is_taken(tmp_path: Path) -> None:
    found = read_description(described(tmp_path, WHOLE))
    assert (found.id, found.lineage, found.edges, found.vintage) == ("lsib-2024", "lsib", Edges.PLANAR, "2024-05")
    assert (found.scale_denominator, found.simplified_m, found.tolerance_m) == (250_000, 20.0, 50.0)
    assert (found.left, found.right, dict(found.select)) == ("ROU", "UKR", {"CC1": "RO", "CC2": "UA"})
    assert found.accuracy is not None
    assert (found.accuracy.value_m, found.accuracy.coverage, found.accuracy.basis) == (500.0, 0.9, "documented")
    assert round(found.accuracy.value_95_m) == 570
    assert found.accept_interruptions
    assert len(found.sha256 or "") == 64


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("edges: planar\nlicense: MIT\n", "lines.gpkg.yaml:2: license: is no field"),
        ("\nedges: straight\n", ":2: edges: 'straight' is no way to read edges"),
        ("accuracy: 500 m\n", ":1: accuracy: must say where it stands"),
        ("accuracy: {value: 500 m}\n", "needs a value and the document"),
        ("accuracy: {value: far, document: x}\n", "'far' is no length"),
        ("accuracy: {value: 5 m, document: x, coverage: 95}\n", "its coverage is '95'"),
        ("left: Romania\n", "no code of three letters"),
        ("left: ROU\nright: ROU\n", "is the same territory as left"),
        ("id: My File\n", "cannot serve: use a to z"),
        ("scale: big\n", "is no scale"),
        ("accept_interruptions: perhaps\n", "must be true or false"),
        ("select: all\n", "must name properties"),
        ("title: [a]\n", "must be text"),
        ("title: ''\n", "is empty"),
        ("schema: geoinc/incident/1\n", "this version reads geoinc/boundary/1"),
        ("edges: planar\nedges: rhumb\n", ":2: is not valid YAML"),
        ("a: [\n", "is not valid YAML"),
        ("just text\n", "holds no fields"),
        ("", "holds no fields"),
        (b"\xff\xfe", "is not UTF-8"),
        ("title: x\n" * 20_000, "is larger than 64 KiB"),
        ('title: "a\\0b"\n', "control character"),
    ],
)
def test_problems_have_their_line(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(BoundaryFileError) as caught:
        read_description(described(tmp_path, text))
    assert says in str(caught.value)
    assert caught.value.exit_code == 3


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(BoundaryFileError) as caught:
        read_description(described(tmp_path, "edges: no\nscale: no\nleft: no\n"))
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]


def test_two_descriptions_are_one_too_many(tmp_path: Path) -> None:
    data = tmp_path / "a.geojson"
    assert find_description(data) is None
    (tmp_path / "a.geojson.geoinc.yaml").write_text("edges: planar\n")
    assert find_description(data) == tmp_path / "a.geojson.geoinc.yaml"
    (tmp_path / "a.geojson.yaml").write_text("edges: planar\n")
    with pytest.raises(BoundaryFileError, match="keep one of the two"):
        find_description(data)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.builds("{}: {}\n".format, st.sampled_from(["title", "edges", "scale"]), st.text(max_size=20)),
    )
)
def test_no_text_ends_in_a_traceback(tmp_path: Path, text: str) -> None:
    try:
        read_description(described(tmp_path, text.encode("utf-8", errors="surrogatepass")))
    except BoundaryFileError as error:
        said = len(error.problems)
    else:
        said = 1
    assert said
