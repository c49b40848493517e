"""Where the feet lie that the search has found, and what the geodesics to them say: compiled, like the search."""

from __future__ import annotations

import math

import numpy as np

from geoinc.geodesy.compiled_search import END, INSIDE, POLAR_DEG, START, UNCLEAR
from geoinc.geodesy.ellipsoid import ECCENTRICITY_SQUARED, EQUATORIAL_RADIUS_M, MEAN_RADIUS_M
from geoinc.geodesy.jit import jit

__all__ = ["finish", "place"]

ON_LINE_M = 1e-3
"""Nearer than this the arrival has too few digits left to check a foot with."""
SURPLUS_M = 1e-6
OFF_M = 0.5
"""A foot that is off by less, and whose way is too long by less than the figure before, is put right by formula."""


@jit
def isometric_difference(phi1, rise_angle):
    """See `geoinc.geodesy.curve.isometric_difference`; angles in radians."""
    e = math.sqrt(ECCENTRICITY_SQUARED)
    half = rise_angle / 2
    phi2 = phi1 + rise_angle
    rise = 2 * math.cos(phi1 + half) * math.sin(half)
    sine = math.sin(phi2)
    difference = math.asinh(rise / (math.cos(phi1) * math.cos(phi2))) - e * math.atanh(
        e * rise / (1 - ECCENTRICITY_SQUARED * math.sin(phi1) * sine)
    )
    w2 = 1 - ECCENTRICITY_SQUARED * sine * sine
    return difference, (1 - ECCENTRICITY_SQUARED) / (w2 * math.cos(phi2))


@jit
def wrap(lon):
    if -180.0 <= lon < 180.0:
        return lon
    wrapped = lon - 360.0 * math.floor((lon + 180.0) / 360.0)
    return -180.0 if wrapped >= 180.0 else wrapped


@jit
def place(kind, item, feet, cubic, stretches, ends, out):
    """Give the places of feet, and the headings of their curves there, in radians.

    `kind` counts the edges from geodesic over planar to rhumb; `ends` holds lon1, lat1, lon2, lat2, dlon, dlat of
    the curves, in rows.
    """
    piece, share, state = feet
    curve, t1, t2 = stretches
    out_lon, out_lat, out_heading = out
    for n in range(item.size):
        i = item[n]
        k = piece[i]
        edge = curve[k]
        if state[i] == START:
            out_lon[n], out_lat[n], out_heading[n] = ends[0, edge], ends[1, edge], 0.0
        elif state[i] == END:
            out_lon[n], out_lat[n], out_heading[n] = ends[2, edge], ends[3, edge], 0.0
        elif kind == 0:
            u = share[i]
            x = cubic[k, 0] + u * (cubic[k, 3] + u * (cubic[k, 6] + u * cubic[k, 9]))
            y = cubic[k, 1] + u * (cubic[k, 4] + u * (cubic[k, 7] + u * cubic[k, 10]))
            z = cubic[k, 2] + u * (cubic[k, 5] + u * (cubic[k, 8] + u * cubic[k, 11]))
            vx = cubic[k, 3] + u * (2.0 * cubic[k, 6] + u * 3.0 * cubic[k, 9])
            vy = cubic[k, 4] + u * (2.0 * cubic[k, 7] + u * 3.0 * cubic[k, 10])
            vz = cubic[k, 5] + u * (2.0 * cubic[k, 8] + u * 3.0 * cubic[k, 11])
            across = math.sqrt(x * x + y * y)
            phi = math.atan2(z, across * (1.0 - ECCENTRICITY_SQUARED))
            c, s = x / across, y / across
            east = vy * c - vx * s
            north = vz * math.cos(phi) - (vx * c + vy * s) * math.sin(phi)
            out_lon[n], out_lat[n] = wrap(math.degrees(math.atan2(y, x))), math.degrees(phi)
            out_heading[n] = math.atan2(east, north)
        else:
            t = t1[k] + share[i] * (t2[k] - t1[k])
            lat1, dlon, dlat = ends[1, edge], ends[4, edge], ends[5, edge]
            lat = lat1 + t * dlat
            covered, rate = t, 1.0
            if kind == 2:
                phi1, rise = math.radians(lat1), math.radians(dlat)
                whole, _ = isometric_difference(phi1, rise)
                if whole != 0.0:
                    part, part_rate = isometric_difference(phi1, t * rise)
                    covered, rate = part / whole, part_rate * rise / whole
            sine = math.sin(math.radians(lat))
            w2 = 1.0 - ECCENTRICITY_SQUARED * sine * sine
            north = (1.0 - ECCENTRICITY_SQUARED) / w2 * dlat
            east = math.cos(math.radians(lat)) * dlon * rate
            out_lon[n], out_lat[n] = wrap(ends[0, edge] + covered * dlon), lat
            out_heading[n] = math.atan2(east, north)


@jit
def degrees_clockwise(azimuth):
    if azimuth < 0.0:
        azimuth += 360.0
    if azimuth >= 360.0:
        return 0.0
    return azimuth + 0.0


@jit
def finish(item, feet, stretches, places, ways, neighbours, azimuths, out):
    """Check feet by the geodesics that reach them, put right what they are off, and tell the side.

    A foot off by more than half a metre is moved along its curve and left in state INSIDE for another round; one
    that cannot be settled becomes UNCLEAR; one that is settled leaves the state as it is and has its results
    written. Returns the number of those left for another round, whose items are moved to the front of `item`.
    """
    piece, share, state, pace, curved = feet
    curve, t1, t2 = stretches
    foot_lon, foot_lat, heading = places
    distance, azimuth, arrival = ways
    before, after = neighbours
    azimuth1, azimuth2 = azimuths
    out_distance, out_lon, out_lat, out_azimuth, out_curve, out_side = out
    left = 0
    for n in range(item.size):
        i = item[n]
        k = piece[i]
        edge = curve[k]
        s = distance[n]
        if s < ON_LINE_M or abs(foot_lat[n]) > POLAR_DEG:
            state[i] = UNCLEAR
            continue
        lon, lat, azi1, azi2 = foot_lon[n], foot_lat[n], azimuth[n], arrival[n]
        side = 0.0
        if state[i] == INSIDE:
            off = math.radians(azi2) - heading[n]
            reduced = MEAN_RADIUS_M * math.sin(s / MEAN_RADIUS_M)
            variation = math.cos(off)
            ahead = -variation * reduced / curved[i]
            surplus = -0.5 * variation * ahead
            if abs(ahead) > OFF_M or surplus > SURPLUS_M:
                share[i] += ahead / pace[i]
                t = t1[k] + share[i] * (t2[k] - t1[k])
                wide = 10.0 * OFF_M / pace[i]
                if -wide <= share[i] <= 1.0 + wide and 0.0 < t < 1.0:
                    item[left] = i
                    left += 1
                else:
                    state[i] = UNCLEAR
                continue
            # A foot this near is put right to the first order.
            s -= surplus
            sine = math.sin(math.radians(lat))
            w = math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
            normal = EQUATORIAL_RADIUS_M / w
            azi1 += math.degrees(-ahead * math.sin(off) / reduced)
            lon = wrap(lon + math.degrees(ahead * math.sin(heading[n]) / (normal * math.cos(math.radians(lat)))))
            lat += math.degrees(ahead * math.cos(heading[n]) * w * w / (normal * (1.0 - ECCENTRICITY_SQUARED)))
            side = 1.0 if math.sin(off) > 0.0 else -1.0
        else:
            towards = arrival[n] + 180.0
            incoming = before[edge] if state[i] == START else edge
            outgoing = after[edge] if state[i] == END else edge
            if incoming >= 0 and outgoing >= 0:
                back = azimuth2[incoming] + 180.0
                turn = (azimuth1[outgoing] - back) % 360.0
                there = (towards - back) % 360.0
                if min(turn, 360.0 - turn) >= 1e-9:
                    side = 1.0 if there < turn else -1.0
            else:
                along = azimuth1[edge] if state[i] == START else azimuth2[edge]
                sine = math.sin(math.radians(along - towards))
                side = 0.0 if abs(sine) < 1e-12 else math.copysign(1.0, sine)
        out_distance[i], out_lon[i], out_lat[i] = s, lon, lat
        out_azimuth[i] = degrees_clockwise(azi1)
        out_curve[i] = edge
        out_side[i] = np.int8(side)
    return left
