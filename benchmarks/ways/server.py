"""PostGIS geography, where a server answers on this machine: its address stands in an environment variable."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.ways.way import Elsewhere, Measure, NotMeasured, Way

__all__ = ["ADDRESS", "WAYS"]

Array = NDArray[np.float64]

ADDRESS: Final = "GEOINC_BENCHMARK_DSN"
"""Environment variable: a libpq connection string; the database must have PostGIS."""


class Query(Elsewhere):
    """Distances by one query over a table of positions."""

    def __init__(self, vertices: Array, *, spheroid: bool) -> None:
        self._connection, self._process = _connect()
        self._spheroid = spheroid
        text = ",".join(f"{lon!r} {lat!r}" for lon, lat in vertices.tolist())
        self._connection.execute("CREATE TEMP TABLE line AS SELECT ST_GeogFromText(%s) AS way", [f"LINESTRING({text})"])

    def __call__(self, lon: Array, lat: Array) -> Array:  # noqa: ARG002 (they were loaded)
        with self._connection.cursor(binary=True) as cursor:
            cursor.execute("SELECT ST_Distance(place, way, %s) FROM positions, line ORDER BY number", [self._spheroid])
            return np.array(cursor.fetchall())[:, 0]

    def load(self, lon: Array, lat: Array) -> None:
        """Put the positions into a table of the session."""
        self._connection.execute("DROP TABLE IF EXISTS positions")
        self._connection.execute(
            "CREATE TEMP TABLE positions AS SELECT number, ST_Point(lon, lat)::geography AS place "
            "FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS given(lon, lat, number)",
            [lon.tolist(), lat.tolist()],
        )
        self._connection.execute("ANALYZE positions")

    def close(self) -> None:
        """Close the session; its tables go with it."""
        self._connection.close()

    def cpu_s(self) -> float:
        """CPU time that the server's process for this connection has used, in seconds."""
        fields = Path(f"/proc/{self._process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _connect() -> tuple[Any, int]:
    address = os.environ.get(ADDRESS)
    if not address:
        raise NotMeasured("no server answers")
    try:
        import psycopg  # noqa: PLC0415 (not everybody's)
    except ImportError as error:
        raise NotMeasured("psycopg is not installed") from error
    try:
        connection = psycopg.connect(address, autocommit=True)
    except psycopg.OperationalError as error:
        raise NotMeasured("no server answers") from error
    connection.execute("SET max_parallel_workers_per_gather = 0")
    process = connection.info.backend_pid
    name = Path(f"/proc/{process}/comm")
    if not (name.exists() and name.read_text(encoding="ascii").startswith("postgres")):
        raise NotMeasured("the server runs on another machine, where its CPU time cannot be read")
    return connection, process


def server_versions() -> dict[str, str]:
    """Return the versions of PostgreSQL and PostGIS that answer."""
    connection, _ = _connect()
    with connection:
        ((server, extension),) = connection.execute(
            "SELECT current_setting('server_version'), postgis_lib_version()"
        ).fetchall()
    return {"PostgreSQL": str(server).partition(" ")[0], "PostGIS": str(extension)}


def query(vertices: Array, *, spheroid: bool) -> Measure:
    """Set up one connection for one line."""
    return Query(vertices, spheroid=spheroid)


WAYS = (
    Way(
        id="postgis",
        name="PostGIS geography `ST_Distance`",
        edges="great circles, distance to that foot on the spheroid",
        packages=(),
        ask_versions=server_versions,
        set_up=partial(query, spheroid=True),
    ),
    Way(
        id="postgis-sphere",
        name="PostGIS geography `ST_Distance`, on the sphere",
        edges="great circles on a sphere",
        packages=(),
        ask_versions=server_versions,
        set_up=partial(query, spheroid=False),
    ),
)
