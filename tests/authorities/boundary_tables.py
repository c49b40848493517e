"""How the drawings of the border of Mali and Algeria lie to one another, as another program found it.

That program knows nothing of this one. It set points along each line, all vertices and no gap above 50 m, and took for
each point the nearest *point* of the other line, in space. Two things follow. Every point counts the same, so that
stretches with many vertices weigh more: `Weigh.POINTS` does likewise. And a distance holds up to half a gap of the
other line across which it was taken, 25 m: of no account in kilometres, all of it in the few metres between vintages
of OpenStreetMap.

Figures are rounded as they were noted: to 0.01 km, or to 1 m. Places are longitude and latitude in degrees.
"""

from __future__ import annotations

TOWN = (2.96667, 19.95333)

# Vertices; length and median, mean and greatest spacing in km; where the line starts and ends.
SHAPES = {
    "osm-2026c": (1803, 1365.6, 0.24, 0.76, 19.0, (-4.83333, 25.0), (4.26671, 19.14415)),
    "osm-2020": (2589, 1365.7, 0.16, 0.53, 19.0, (-4.83333, 25.0), (4.26671, 19.14415)),
    "osm-2017": (1774, 1365.7, 0.24, 0.77, 19.0, (-4.83333, 25.0), (4.26671, 19.14415)),
    "ne-10m": (196, 1266.1, 4.72, 6.49, 29.3, (-4.82161, 24.99506), (4.22861, 19.14224)),
    "ne-110m": (8, 1213.8, 72.4, 173.4, 424.5, (-4.92334, 24.97457), (4.26742, 19.15527)),
    "wdb2": (1126, 1286.5, 0.64, 1.14, 2.2, (-4.80611, 25.00027), (4.24528, 19.14667)),
    "dcw": (620, 1290.1, 1.27, 2.08, 22.4, (-4.83521, 24.99977), (4.24270, 19.13650)),
}

# Mean of both directions and the greatest distance, in km, by radius around the town in km; None is the whole line.
PAIRS = {
    None: {
        ("osm-2026c", "ne-10m"): (1.46, 11.70),
        ("osm-2026c", "wdb2"): (1.88, 10.93),
        ("osm-2026c", "dcw"): (1.90, 10.76),
        ("ne-10m", "wdb2"): (1.57, 3.28),
        ("ne-10m", "dcw"): (2.12, 4.83),
        ("wdb2", "dcw"): (1.51, 6.81),
        ("osm-2026c", "ne-110m"): (9.2, 27.5),
        ("ne-10m", "ne-110m"): (8.3, 27.8),
        ("wdb2", "ne-110m"): (9.2, 27.0),
        ("dcw", "ne-110m"): (10.0, 27.0),
    },
    100: {
        ("osm-2026c", "ne-10m"): (2.86, 11.70),
        ("osm-2026c", "wdb2"): (1.98, 10.93),
        ("osm-2026c", "dcw"): (1.99, 10.76),
        ("ne-10m", "wdb2"): (1.29, 2.54),
        ("ne-10m", "dcw"): (1.18, 3.18),
        ("wdb2", "dcw"): (0.48, 1.80),
    },
    25: {
        ("osm-2026c", "ne-10m"): (1.37, 2.56),
        ("osm-2026c", "wdb2"): (0.41, 1.23),
        ("osm-2026c", "dcw"): (0.58, 1.57),
        ("ne-10m", "wdb2"): (1.21, 1.96),
        ("ne-10m", "dcw"): (0.95, 1.88),
        ("wdb2", "dcw"): (0.44, 1.21),
    },
}

# The parts of the border: straight in the west, along wadis, straight in the south-east.
WEST, WADIS, SOUTH_EAST = (
    ((-4.83333, 25.0), (1.1666, 21.1164)),
    ((1.1666, 21.1164), (3.3576, 18.9681)),
    ((3.3576, 18.9681), (4.26671, 19.14415)),
)

# From osm-2020 to each source: mean, 95th percentile and greatest, in m; by the part, or the radius in km.
SECTORS = {
    WEST: {"ne-10m": (1024, 2343, 2639), "wdb2": (2348, 3644, 4248), "dcw": (2368, 3900, 4010)},
    WADIS: {"ne-10m": (2536, 6606, 11699), "wdb2": (1569, 5581, 10926), "dcw": (1611, 5354, 10758)},
    SOUTH_EAST: {"ne-10m": (794, 1196, 4014), "wdb2": (942, 1425, 2272), "dcw": (572, 684, 2664)},
    100: {"ne-10m": (3237, 7640, 11699), "wdb2": (2275, 6571, 10926), "dcw": (2266, 6237, 10758)},
    50: {"ne-10m": (3573, 9696, 11699), "wdb2": (2418, 8762, 10926), "dcw": (2464, 8567, 10758)},
    25: {"ne-10m": (1371, 2296, 2561), "wdb2": (423, 1112, 1235), "dcw": (567, 1323, 1567)},
    10: {"ne-10m": (1509, 2280, 2494), "wdb2": (378, 857, 918), "dcw": (426, 794, 1014)},
}

# The greatest distance between vintages of OpenStreetMap, in m.
VINTAGES = {("osm-2026c", "osm-2017"): 70, ("osm-2026c", "osm-2020"): 70}

# How far readings of the same edges part, in m: geodesic from planar, geodesic from rhumb, planar from rhumb; and
# geodesic from planar within 100 km of the town. Each edge was cut into 2,000 equal parts and the nearest of their
# ends taken, so a figure holds up to half such a part besides.
EDGE_GAPS = {
    "osm-2026c": (3.5, 3.0, 1.0, 0.10),
    "ne-10m": (6.4, 6.1, 3.6, 6.4),
    "ne-110m": (1674, 1255, 432, 42),
    "wdb2": (0.1, 0.0, 0.0, 0.03),
    "dcw": (5.1, 4.4, 1.5, 0.3),
}
# The same for the western leg, 750 km, as one edge.
WESTERN_LEG_M = (5139, 3854, 1290)
EDGE_PARTS = 2000
