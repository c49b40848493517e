"""Check the oracle itself, at length: ``python tests/authorities/check_oracle.py``. Takes a minute or two.

Each check returns its greatest error in metres. `test_oracle.py` runs the same checks on fewer samples.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import mpmath
from mpmath import mp, mpf

sys.path.insert(0, str(Path(__file__).parent))

from lines import LINES, WESTERN_LEG, positions
from oracle import GEODESIC, Oracle, RhumbEdge, between

mp.dps = 30


def geodesics_against_quadrature(samples: int) -> float:
    """geographiclib's inverse, walked again by numerical integration of the geodesic to 30 digits.

    From the azimuth at the first point and the length, the integrals for length and longitude on the auxiliary
    sphere (Karney 2013, eqs. 7 and 8) must lead to the second point.
    """
    chance = random.Random(1)
    f, a = mpf(1) / mpf("298.257223563"), mpf(6378137)
    b, e2 = a * (1 - f), f * (2 - f)
    worst = 0.0
    for _ in range(samples):
        lat1, lon1 = chance.uniform(-80, 80), chance.uniform(-180, 180)
        azimuth, length = chance.uniform(5, 175), math.exp(chance.uniform(0, math.log(2e6)))
        end = GEODESIC.Direct(lat1, lon1, azimuth, length)
        back = GEODESIC.Inverse(lat1, lon1, end["lat2"], end["lon2"])
        alpha1, phi1 = mp.radians(mpf(back["azi1"])), mp.radians(mpf(lat1))
        beta1 = mp.atan((1 - f) * mp.tan(phi1))
        sine0 = mp.sin(alpha1) * mp.cos(beta1)
        cosine0 = mp.sqrt(1 - sine0**2)
        sigma1 = mp.atan2(mp.sin(beta1), mp.cos(alpha1) * mp.cos(beta1))
        k2 = e2 / (1 - e2) * cosine0**2

        def stretch(sigma, k2=k2):
            return mp.sqrt(1 + k2 * mp.sin(sigma) ** 2)

        sigma2 = sigma1 + mpf(back["s12"]) / b
        for _ in range(6):
            sigma2 -= (b * mp.quad(stretch, [sigma1, sigma2]) - mpf(back["s12"])) / (b * stretch(sigma2))
        beta2 = mp.asin(cosine0 * mp.sin(sigma2))
        phi2 = mp.atan(mp.tan(beta2) / (1 - f))
        bend = mp.quad(lambda x, s=stretch: (2 - f) / (1 + (1 - f) * s(x)), [sigma1, sigma2])
        omega = [mp.atan2(sine0 * mp.sin(x), mp.cos(x)) for x in (sigma1, sigma2)]
        turn = omega[1] - omega[0] - f * sine0 * bend
        lon2 = mpf(lon1) + mp.degrees(turn)
        east = (lon2 - mpf(end["lon2"]) + 180) % 360 - 180
        parallel = a * mp.cos(beta2)
        off = mp.sqrt((mp.radians(east) * parallel) ** 2 + (a * (phi2 - mp.radians(mpf(end["lat2"])))) ** 2)
        worst = max(worst, float(off))
    return worst


def meridian_arcs(samples: int) -> float:
    """Distances to a stretch of the equator, which are arcs of the meridian, against quadrature."""
    chance = random.Random(2)
    a, e2 = mpf(6378137), (mpf(2) - mpf(1) / mpf("298.257223563")) / mpf("298.257223563")
    worst = 0.0
    for edges in ("geodesic", "planar", "rhumb"):
        oracle = Oracle([(10.0, 0.0), (20.0, 0.0)], edges)
        for _ in range(samples):
            lat = chance.uniform(0.00001, 40)
            arc = mp.quad(lambda x: a * (1 - e2) / (1 - e2 * mp.sin(x) ** 2) ** mpf("1.5"), [0, mp.radians(mpf(lat))])
            worst = max(worst, abs(float(arc) - oracle.nearest(chance.uniform(11, 19), lat).distance_m))
    return worst


def densified(samples: int) -> tuple[float, float]:
    """Every kind of edge of the 750-km leg sampled each kilometre, then each metre round the best.

    Returns how much nearer than the oracle a sample ever comes, and how much farther the nearest sample is.
    """
    nearer, farther = 0.0, 0.0
    for edges in ("geodesic", "planar", "rhumb"):
        oracle = Oracle(WESTERN_LEG, edges)
        edge = oracle.edges[0]
        for lon, lat in positions("western-leg", edges)[:samples]:
            found = oracle.nearest(lon, lat).distance_m

            def at(t, lon=lon, lat=lat, edge=edge):
                return between(lon, lat, *edge.at(t)[:2])[0]

            _, best = min((at(k / 751), k / 751) for k in range(752))
            fine = min(at(min(1.0, max(0.0, best + k / 751_000))) for k in range(-1000, 1001))
            nearer, farther = max(nearer, found - fine), max(farther, fine - found)
    return nearer, farther


def rhumb_lines(samples: int) -> float:
    """Points of rhumb lines against 30 digits, east-west error in metres."""
    chance = random.Random(3)
    e = mp.sqrt((mpf(2) - mpf(1) / mpf("298.257223563")) / mpf("298.257223563"))

    def isometric(lat):
        sine = mp.sin(mp.radians(mpf(lat)))
        return mp.atanh(sine) - e * mp.atanh(e * sine)

    worst = 0.0
    for _ in range(samples):
        lat1, lat2 = chance.uniform(-80, 80), chance.uniform(-80, 80)
        if chance.random() < 0.5:
            lat2 = lat1 + chance.uniform(0.01, 0.1)
        edge, t = RhumbEdge(0.0, lat1, 7.0, lat2), chance.random()
        lon, lat, _ = edge.at(t)
        exact = 7 * (isometric(lat) - isometric(lat1)) / (isometric(lat2) - isometric(lat1))
        worst = max(worst, float(abs(mp.radians(exact - mpf(lon))) * 6378137 * mpmath.cos(mp.radians(lat))))
    return worst


def main() -> None:
    checks = {
        "geographiclib against 30-digit quadrature, 40 pairs": geodesics_against_quadrature(40),
        "distance to the equator, three kinds of edge, 20 each": meridian_arcs(20),
        "points of rhumb lines, 200": rhumb_lines(200),
    }
    nearer, farther = densified(25)
    checks["a dense sample nearer than the oracle, 25 positions each"] = nearer
    checks["the nearest dense sample farther than the oracle (half a metre off along the line)"] = farther
    for what, error_m in checks.items():
        print(f"{error_m:9.1e} m  {what}")  # noqa: T201 (a script that reports)
    print(f"lines: {', '.join(LINES)}")  # noqa: T201


if __name__ == "__main__":
    main()
