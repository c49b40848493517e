"""The build of the landscape: what lies near a border, how far thinning moves a river, and how names are chosen."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from boundaries.near_borders import REACH_KM, NearBorders
from boundaries.rivers import GRID_DEG, HELD_WITHIN_M, pack_runs, river_tiles

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize("lat", [-54.0, 0.0, 33.0, 69.0])
def test_all_that_lies_within_reach_of_a_border_is_near_it_and_little_else(lat):
    random = np.random.default_rng(7)
    border = np.array([[179.2, lat - 1.0], [179.9, lat + 1.0]])
    near = NearBorders([border])
    dense = shapely.get_coordinates(shapely.segmentize(shapely.LineString(border), 0.01))
    spots = np.column_stack([random.uniform(-190, 190, 4000) % 360 - 180, random.uniform(lat - 4, lat + 4, 4000)])
    spots[:, 0] = (spots[:, 0] / 18 + 178 + 180) % 360 - 180
    away_km = np.array([GEOD.inv(*np.broadcast_arrays(*spot, *dense.T))[2].min() / 1000 for spot in spots])
    held = near.holds(spots)
    assert held[away_km <= REACH_KM].all()
    assert not held[away_km > REACH_KM + 100].any()


def test_thinning_moves_a_river_no_further_than_is_said_and_tiles_meet():
    random = np.random.default_rng(3)
    river = np.column_stack([np.linspace(3.2, 6.8, 2000), 61.0 + np.cumsum(random.normal(0, 0.002, 2000))])
    bins = {}
    for lon in range(3, 7):
        inside = np.flatnonzero((river[:, 0] >= lon) & (river[:, 0] <= lon + 1))
        # Bins share the vertex between them.
        last = min(inside[-1] + 1, len(river) - 1)
        bins[lon, 61] = [(7, river[inside[0] : last + 1])]
    near = NearBorders([np.array([[3.0, 61.0], [7.0, 61.0]])])
    tiles = river_tiles(bins, near)
    assert sorted(tiles) == [(0, 60), (5, 60)]
    ends = [steps * GRID_DEG for runs in tiles.values() for _, steps in runs]
    assert len(ends) == 2
    assert ends[0][-1].tolist() == ends[1][0].tolist()
    scale = np.array([np.cos(np.radians(61.0)), 1.0]) * 111_500
    whole = shapely.LineString(np.vstack(ends) * scale)
    assert shapely.distance(shapely.points(river * scale), whole).max() <= HELD_WITHIN_M
    assert shapely.distance(shapely.points(np.vstack(ends) * scale), shapely.LineString(river * scale)).max() <= (
        HELD_WITHIN_M
    )


def test_packed_runs_read_back():
    runs = [(1, np.array([[5001, 60002], [5300, 59990]])), (7, np.array([[4999, 60500], [5000, 60499], [4000, 62000]]))]
    stream = io.BytesIO(pack_runs((0, 60), runs))
    levels, counts, rows = (np.load(stream) for _ in range(3))
    assert (levels.tolist(), counts.tolist()) == ([1, 7], [2, 3])
    low, high = rows.reshape(2, 2, -1).astype(int)
    positive = low | high << 8
    change = np.where(positive & 1, -(positive >> 1) - 1, positive >> 1)
    steps = np.cumsum(change, axis=1).T + np.array([0, 60000])
    assert steps.tolist() == np.vstack([each for _, each in runs]).tolist()


class TestNames:
    """Of all printed forms, the one in the territory's own spelling that is surely the place's name."""

    @pytest.fixture(autouse=True)
    def scripts(self):
        pytest.importorskip("anyascii", reason="of the group build")
        import boundaries.scripts

        self.module = boundaries.scripts

    @pytest.mark.parametrize(
        ("names", "latin", "territory", "expected"),
        [
            (["Киев", "Київ", "Кіев", "Кијев", "كييف"], "Kyiv", "UA", ("Київ", "Cyrl")),
            (["Харьков", "Харків"], "Kharkiv", "UA", ("Харків", "Cyrl")),
            (["Уральск", "Орал", "Орала"], "Oral", "KZ", ("Орал", "Cyrl")),
            (["کیدال", "كيدال", "کڈال", "Кидаль"], "Kidal", "ML", ("كيدال", "Arab")),
            (["پیشاور", "بيشاور"], "Peshawar", "PK", ("پیشاور", "Arab")),
            (["基達爾", "丹东市", "丹東", "丹东"], "Dandong", "CN", ("丹东", "Hani")),
            (["Гимри", "Գյումրի"], "Gyumri", "AM", ("Գյումրի", "Armn")),
            (["kidaル", "Кидаль"], "Kidal", "ML", None),
            (["Париж"], "Paris", "FR", None),
            (["Новоселівка"], "Iverske", "UA", None),
        ],
    )
    def test_local_names(self, names, latin, territory, expected):
        assert self.module.local_name(names, latin, territory) == expected

    def test_order_does_not_matter(self):
        names = ["حلب", "دمشق", "دِمَشق"]
        found = {self.module.local_name(order, "Damascus", "SY") for order in (names, names[::-1])}
        assert found == {("دمشق", "Arab")}

    def test_only_large_cities_may_have_another_name_in_latin(self):
        assert self.module.local_name(["القدس"], "Jerusalem", "PS", population=2_000_000) == ("القدس", "Arab")
        assert self.module.local_name(["القدس"], "Jerusalem", "PS", population=2_000) is None

    def test_india_writes_by_state(self):
        names = ["कोलकाता", "কলকাতা"]
        assert self.module.local_name(names, "Kolkata", "IN", region="28") == ("কলকাতা", "Beng")
        assert self.module.local_name(names, "Kolkata", "IN", region="36") == ("कोलकाता", "Deva")
