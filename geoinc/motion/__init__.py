"""Which displacement a fall, a glide or a flight between two times allows, and what it would take to cover one."""

from geoinc.motion.ballistic import (
    ANY_ANGLE_DEG,
    GRAVITY_M_S2,
    drag_free_range_m,
    fall_range_m,
    farthest_m,
    least_altitude_m,
    least_speed_m_s,
    model_margin_m,
)
from geoinc.motion.between import LeastSpeed, elapsed_s, least_detours_m, least_mean_speed
from geoinc.motion.drag import STILL_AIR, drag_range_m, follow_falls, longest_fall_s
from geoinc.motion.lean import ILLUSTRATIVE_ALTITUDES_M, lean_deg
from geoinc.motion.needs import (
    ILLUSTRATIVE_SPEED_M_S,
    Need,
    Needs,
    altitude_text,
    speed_text,
    tell_needs,
    what_would_cover,
)
from geoinc.motion.reach import COEFFICIENT, IN_STILL_AIR, Reach, reach_of
from geoinc.motion.travel import flight_range_m, glide_range_m, wind_drift_m

__all__ = [
    "ANY_ANGLE_DEG",
    "COEFFICIENT",
    "GRAVITY_M_S2",
    "ILLUSTRATIVE_ALTITUDES_M",
    "ILLUSTRATIVE_SPEED_M_S",
    "IN_STILL_AIR",
    "STILL_AIR",
    "LeastSpeed",
    "Need",
    "Needs",
    "Reach",
    "altitude_text",
    "drag_free_range_m",
    "drag_range_m",
    "elapsed_s",
    "fall_range_m",
    "farthest_m",
    "flight_range_m",
    "follow_falls",
    "glide_range_m",
    "lean_deg",
    "least_altitude_m",
    "least_detours_m",
    "least_mean_speed",
    "least_speed_m_s",
    "longest_fall_s",
    "model_margin_m",
    "reach_of",
    "speed_text",
    "tell_needs",
    "what_would_cover",
    "wind_drift_m",
]
