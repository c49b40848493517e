"""The same columns from Dask as from a file, on a cluster of two processes."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geoinc.batch import ADDED, Ruler, run_batch
from geoinc.boundaries import open_border
from geoinc.errors import InputError, UsageError

dd = pytest.importorskip("dask.dataframe")
distributed = pytest.importorskip("distributed")
pq = pytest.importorskip("pyarrow.parquet")

from geoinc.distributed import measure_frame  # noqa: E402 - only where Dask is there

PAIR = ("ROU", "UKR")


def events(count: int = 120) -> pd.DataFrame:
    chance = np.random.default_rng(8)
    lon, lat = chance.uniform(22, 30, count), chance.uniform(44.5, 48.5, count)
    lon[3], lat[7] = np.nan, 99.0
    codes = chance.choice([1, 2, 6], count)
    return pd.DataFrame({"n": np.arange(count), "longitude": lon, "latitude": lat, "where_prec": codes})


def test_the_same_columns_as_a_file(tmp_path: Path):
    frame = events()
    frame.to_parquet(tmp_path / "in.parquet", index=False)
    run_batch(tmp_path / "in.parquet", tmp_path / "out.parquet", Ruler(open_border(*PAIR)))
    expected = pq.read_table(tmp_path / "out.parquet").to_pandas()
    lazy = measure_frame(dd.from_pandas(frame, npartitions=2), PAIR)
    assert list(lazy.columns) == [*frame.columns, *ADDED]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the cluster's own doing
        with (
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            lazy.to_parquet(tmp_path / "measured")
            found = dd.read_parquet(tmp_path / "measured").compute()
            assert len(client.scheduler_info()["workers"]) == 2
    for name in (*frame.columns, *ADDED):
        assert found[name].isna().tolist() == expected[name].isna().tolist(), name
        assert found[name].dropna().tolist() == expected[name].dropna().tolist(), name
    assert {"consistent", "indeterminate", "not_assessable"} == set(found["outcome"])


def test_what_is_told_before_anything_is_computed():
    frame = dd.from_pandas(events(10), npartitions=1)
    with pytest.raises(UsageError, match="there is no column 'east'"):
        measure_frame(frame, PAIR, lon="east", lat="latitude")
    with pytest.raises(UsageError, match="columns called outcome already"):
        measure_frame(frame.assign(outcome=1), PAIR)
    with pytest.raises(InputError, match="no columns"):
        measure_frame(frame[["n"]], PAIR)
    lazy = measure_frame(frame, PAIR, prefix="to_", by_source=True, codes=False, only=["osm"], edges="geodesic")
    assert list(lazy.columns)[4:12] == [f"to_{name}" for name in ADDED]
    assert lazy.dtypes["to_distance_m"] == "float64"
