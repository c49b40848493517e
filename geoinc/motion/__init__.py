"""Which displacement a fall, a glide or a flight between two times allows."""

from geoinc.motion.lean import ILLUSTRATIVE_ALTITUDES_M, lean_deg

__all__ = ["ILLUSTRATIVE_ALTITUDES_M", "lean_deg"]
