"""Claims against claims: printed intervals and cells alone, with no boundary and no accuracy of one.

Whatever is checked here would stay as it is on any map. Each finding names its claims and the bound, and says by how
much the figures hold or fail: ``margin_m`` in its evidence, in metres, positive where they hold.
"""

from geoinc.consistency.bounds import check_bounds, check_containments, on_opposite_sides
from geoinc.consistency.margins import finite_or_none, least_change, overlap, overlap_margin_m
from geoinc.consistency.points import Points, finding_id, not_assessable
from geoinc.consistency.reach import Reach, place_reading, reach
from geoinc.consistency.separations import apart_text, check_separations, separation_of
from geoinc.consistency.triangles import Offset, check_triangles, offsets_of
from geoinc.consistency.ways import Comparison, Way, reread, way_of, with_alternatives

__all__ = [
    "Comparison",
    "Offset",
    "Points",
    "Reach",
    "Way",
    "apart_text",
    "check_bounds",
    "check_containments",
    "check_separations",
    "check_triangles",
    "finding_id",
    "finite_or_none",
    "least_change",
    "not_assessable",
    "offsets_of",
    "on_opposite_sides",
    "overlap",
    "overlap_margin_m",
    "place_reading",
    "reach",
    "reread",
    "separation_of",
    "way_of",
    "with_alternatives",
]
