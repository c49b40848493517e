"""Rivers, wadis and canals of World Data Bank II, read from the full-resolution file of GSHHG."""

from __future__ import annotations

import io
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import h5py
import numpy as np
from numpy.typing import NDArray

from boundaries.geometry import BuildError, Coordinates

__all__ = ["read_rivers"]

_MEMBER: Final = "usr/share/gmt-gshhg/binned_river_f.nc"
_STEPS: Final = 65_535


@dataclass(frozen=True, slots=True, eq=False)
class _Chart:
    """Arrays of the file: for each bin its segments, for each segment its points."""

    bin_first: NDArray[np.int64]
    bin_count: NDArray[np.int64]
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    level: NDArray[np.int64]
    east: NDArray[np.int64]
    north: NDArray[np.int64]


def read_rivers(archive: Path) -> dict[tuple[int, int], list[tuple[int, Coordinates]]]:
    """Read every line of water on land, by bins of one degree.

    Parameters
    ----------
    archive : Path
        The Debian package gmt-gshhg-full, checked.

    Returns
    -------
    dict
        For the south-west corner of each bin its lines, as level and vertices. Two bins have the same vertex where a
        line goes from one to the other.

    Raises
    ------
    BuildError
        If the bins are not those of one degree that are expected.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", str(archive.resolve()), folder], check=True)
        content = io.BytesIO((Path(folder) / _MEMBER).read_bytes())
    with h5py.File(content, mode="r") as file:
        if int(file["Bin_size_in_minutes"][0]) != 60 or int(file["N_bins_in_file"][0]) != 360 * 180:
            raise BuildError("the rivers are not cut into bins of one degree, as expected")
        chart = _Chart(
            *(
                file[name][:].astype(np.int64)
                for name in (
                    "Id_of_first_segment_in_a_bin",
                    "N_segments_in_a_bin",
                    "Id_of_first_point_in_a_segment",
                    "N_points_for_a_segment",
                    "Hierarchial_level_of_a_segment",
                )
            ),
            *(
                # Stored in two signed bytes, meant unsigned.
                file[f"Relative_{axis}_from_SW_corner_of_bin"][:].astype(np.int64) & 0xFFFF
                for axis in ("longitude", "latitude")
            ),
        )
    bins: dict[tuple[int, int], list[tuple[int, Coordinates]]] = {}
    for number in np.flatnonzero(chart.bin_count).tolist():
        # Bins run east from Greenwich, the northernmost row first.
        lon, lat = (number % 360 + 180) % 360 - 180, 89 - number // 360
        begin = int(chart.bin_first[number])
        segments = range(begin, begin + int(chart.bin_count[number]))
        bins[lon, lat] = [_segment(chart, each, (lon, lat)) for each in segments]
    return bins


def _segment(chart: _Chart, number: int, corner: tuple[int, int]) -> tuple[int, Coordinates]:
    begin = int(chart.first[number])
    own = slice(begin, begin + int(chart.count[number]))
    lon, lat = (corner[axis] + values[own] / _STEPS for axis, values in enumerate((chart.east, chart.north)))
    return int(chart.level[number]), np.column_stack([lon, lat])
