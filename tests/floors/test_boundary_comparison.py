"""How far drawings of one border lie apart: against another program, against geometry, and its invariants."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import shapely
from authorities import mali_algeria_tables as tables

from geoinc.boundaries import (
    Near,
    Place,
    Stretch,
    Weigh,
    compare_border,
    compare_lines,
    describe_line,
    edge_gap,
    edge_gaps,
    open_border,
)
from geoinc.boundaries.comparison import deviation
from geoinc.geodesy import Edges, Line, direct, inverse, nearest, stations

BORDER = open_border("MLI", "DZA")
