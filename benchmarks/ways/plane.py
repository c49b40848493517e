"""Ways that lay the line flat: degrees, UTM, Web Mercator, an azimuthal projection."""

from __future__ import annotations

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from benchmarks.ways.way import Measure, Way

__all__ = ["WAYS"]

Array = NDArray[np.float64]

METRES_PER_DEGREE = 111_320.0
DENSE_M = 1_000.0
LON_LAT = "straight in longitude and latitude"


def dense(vertices: Array, spacing_m: float) -> Array:
    """Put vertices on the geodesics between vertices, `spacing_m` apart at most."""
    geod = pyproj.Geod(ellps="WGS84")
    azimuth, _, length = geod.inv(*vertices[:-1].T, *vertices[1:].T)
    count = np.maximum(np.ceil(length / spacing_m), 1).astype(int)
    edge = np.repeat(np.arange(count.size), count)
    step = np.arange(edge.size) - np.repeat(np.cumsum(count) - count, count)
    lon, lat, _ = geod.fwd(vertices[edge, 0], vertices[edge, 1], azimuth[edge], length[edge] * step / count[edge])
    return np.vstack([np.column_stack([lon, lat]), vertices[-1:]])


def segments(vertices: Array) -> NDArray[np.object_]:
    """Cut a polyline into line strings of one edge each, which a tree can hold."""
    made: NDArray[np.object_] = shapely.linestrings(np.stack([vertices[:-1], vertices[1:]], axis=1))
    return made


def nearest_in_plane(vertices: Array) -> tuple[shapely.STRtree, Measure]:
    """Return a tree of the edges, and a function from plane coordinates to plane distances."""
    tree = shapely.STRtree(segments(vertices))

    def measure(x: Array, y: Array) -> Array:
        points = shapely.points(x, y)
        found: Array = shapely.distance(points, tree.geometries[tree.nearest(points)])
        return found

    return tree, measure


def degrees_scaled(vertices: Array) -> Measure:
    """Distance in degrees times the length of a degree."""
    _, measure = nearest_in_plane(vertices)
    return lambda lon, lat: METRES_PER_DEGREE * measure(lon, lat)


def degrees_foot(vertices: Array) -> Measure:
    """Nearest point in degrees, then the geodesic to it."""
    tree, _ = nearest_in_plane(vertices)
    geod = pyproj.Geod(ellps="WGS84")

    def measure(lon: Array, lat: Array) -> Array:
        points = shapely.points(lon, lat)
        ways = shapely.shortest_line(points, tree.geometries[tree.nearest(points)])
        foot_lon, foot_lat = shapely.get_coordinates(ways)[1::2].T
        return np.asarray(geod.inv(lon, lat, foot_lon, foot_lat)[2])

    return measure


def utm_zone(vertices: Array) -> pyproj.CRS:
    """Choose the zone that geopandas would choose for this line."""
    import geopandas  # noqa: PLC0415 (heavy, and not everybody's)

    zone: pyproj.CRS = geopandas.GeoSeries([shapely.LineString(vertices)], crs="EPSG:4326").estimate_utm_crs()
    return zone


def projected(crs: pyproj.CRS, vertices: Array) -> Measure:
    """Nearest edge and distance in the plane of a projection."""
    transformer = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    _, measure = nearest_in_plane(np.column_stack(transformer.transform(*vertices.T)))
    return lambda lon, lat: measure(*transformer.transform(lon, lat))


def utm(vertices: Array) -> Measure:
    """Distance in the plane of one UTM zone."""
    return projected(utm_zone(vertices), vertices)


def utm_dense(vertices: Array) -> Measure:
    """The same, with a line that follows its geodesics in the plane."""
    return projected(utm_zone(vertices), dense(vertices, DENSE_M))


def utm_join(vertices: Array) -> Measure:
    """What `geopandas.sjoin_nearest` gives in that plane."""
    import geopandas  # noqa: PLC0415 (heavy, and not everybody's)

    zone = utm_zone(vertices)
    lines = geopandas.GeoDataFrame(geometry=segments(vertices), crs="EPSG:4326").to_crs(zone)

    def measure(lon: Array, lat: Array) -> Array:
        points = geopandas.GeoDataFrame(geometry=shapely.points(lon, lat), crs="EPSG:4326").to_crs(zone)
        joined = geopandas.sjoin_nearest(points, lines, distance_col="distance_m")
        # A position as near to two edges comes twice.
        return np.asarray(joined.loc[~joined.index.duplicated(), "distance_m"].to_numpy())

    return measure


def web_mercator(vertices: Array) -> Measure:
    """Distance in the plane of web maps."""
    return projected(pyproj.CRS("EPSG:3857"), vertices)


def web_mercator_scaled(vertices: Array) -> Measure:
    """The same, times the cosine of the latitude."""
    plain = web_mercator(vertices)
    return lambda lon, lat: plain(lon, lat) * np.cos(np.radians(lat))


def azimuthal(vertices: Array) -> Measure:
    """Distance in the plane of one azimuthal equidistant projection, centred on the middle of the line."""
    lon, lat = shapely.get_coordinates(shapely.LineString(vertices).centroid)[0]
    return projected(pyproj.CRS(f"+proj=aeqd +lon_0={lon:.6f} +lat_0={lat:.6f} +datum=WGS84"), vertices)


def azimuthal_each(vertices: Array) -> Measure:
    """Distance from the centre of an azimuthal equidistant projection made anew for every position."""
    lons, lats = dense(vertices, DENSE_M).T

    def measure(lon: Array, lat: Array) -> Array:
        found = np.empty(lon.size)
        for number, (lon_0, lat_0) in enumerate(zip(lon.tolist(), lat.tolist(), strict=True)):
            project = pyproj.Proj(proj="aeqd", lon_0=lon_0, lat_0=lat_0, datum="WGS84")
            found[number] = shapely.LineString(np.column_stack(project(lons, lats))).distance(shapely.Point(0, 0))
        return found

    return measure


SHAPELY = ("shapely",)
PROJECTED = ("shapely", "pyproj")
GEOPANDAS = ("geopandas", "shapely", "pyproj")

WAYS = (
    Way(
        id="degrees-scaled",
        name="shapely in degrees, times 111.32 km",
        edges=LON_LAT,
        packages=SHAPELY,
        set_up=degrees_scaled,
    ),
    Way(
        id="degrees-foot",
        name="shapely in degrees, then `Geod.inv` to its foot",
        edges=LON_LAT,
        packages=PROJECTED,
        set_up=degrees_foot,
    ),
    Way(id="utm", name="UTM, one zone", edges="straight in UTM", packages=GEOPANDAS, set_up=utm),
    Way(
        id="utm-dense",
        name="UTM, line densified to 1 km",
        edges="geodesics, in the scale of UTM",
        packages=GEOPANDAS,
        set_up=utm_dense,
    ),
    Way(
        id="utm-join",
        name="geopandas `sjoin_nearest` in UTM",
        edges="straight in UTM",
        packages=GEOPANDAS,
        set_up=utm_join,
    ),
    Way(
        id="web-mercator",
        name="Web Mercator",
        edges="straight in Mercator",
        packages=PROJECTED,
        set_up=web_mercator,
    ),
    Way(
        id="web-mercator-scaled",
        name="Web Mercator, times cos latitude",
        edges="straight in Mercator",
        packages=PROJECTED,
        set_up=web_mercator_scaled,
    ),
    Way(
        id="azimuthal",
        name="azimuthal equidistant at the line's middle",
        edges="straight in that plane",
        packages=PROJECTED,
        set_up=azimuthal,
    ),
    Way(
        id="azimuthal-each",
        name="azimuthal equidistant at each position, line densified to 1 km",
        edges="geodesics",
        packages=PROJECTED,
        set_up=azimuthal_each,
        counts={"coarse": 300, "osm": 300},
    ),
)
