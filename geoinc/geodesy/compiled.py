"""Loops over single positions, compiled by numba: the search for the nearest piece, and what follows an inverse.

Only `geoinc.geodesy.fast` imports this module, and only when it is going to be used: numba takes a third of a
second to load. Every function works on one position after the other, so that nothing depends on the company in
which a position comes, and none holds the interpreter's lock.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from geoinc.geodesy.ellipsoid import (
    ECCENTRICITY_SQUARED,
    EQUATORIAL_RADIUS_M,
    MAX_CURVATURE_RADIUS_M,
    MEAN_RADIUS_M,
    MIN_CURVATURE_RADIUS_M,
)

__all__ = ["END", "INSIDE", "START", "UNCLEAR", "finish", "search"]

UNCLEAR, INSIDE, START, END = 0, 1, 2, 3
"""What the search says of a position: not settled, or where on its curve the nearest point lies."""

LANES = 8
STACK = 128
KEPT = 48
"""Pieces that are remembered as possibly nearest; a position with more of them is not settled here."""
FAR_M = 3_000_000.0
"""Straight through the earth: beyond it nothing is settled here."""
HILLY = 0.25
"""Least second derivative of half the square of the way, against that at no distance."""
TIE_M = 1e-8
ROUNDING_M = 1e-7
SAME_PLACE_M = 1e-6
POLAR_DEG = 89.9
ON_LINE_M = 1e-3
"""Nearer than this the arrival has too few digits left to check a foot with."""
SURPLUS_M = 1e-6
OFF_M = 0.5

# Between points of the ellipsoid a chord c belongs to ways from c + c^3 / 24 R^2 to c + c^3 / 24 r^2 (and higher
# terms), R and r being the largest and the least radius of curvature; see `farthest_chord`.
SLACK = 1.15 / 24 * (1 / MIN_CURVATURE_RADIUS_M**2 - 1 / MAX_CURVATURE_RADIUS_M**2)
# A point that is nearest in space is off the one nearest along the ellipsoid by at most this times the cube of
# the distance, along the line.
SHIFT = 4.0 * SLACK

jit = numba.njit(nogil=True, cache=True, error_model="numpy")


@jit
def slack(chord, error):
    return SLACK * chord * chord * chord * (1.0 + chord * chord / 1.5e13) + 2.0 * error + ROUNDING_M


@jit
def margin(chord, error):
    return SHIFT * chord * chord * chord + math.sqrt(10.0 * TIE_M * chord) + 10.0 * (error + ROUNDING_M)


@jit
def foot(cubic, x, y, z, share):
    """Go down by Newton's method to the nearest point of a cubic; tell what is left to go at an end."""
    a0, a1, a2 = cubic[0] - x, cubic[1] - y, cubic[2] - z
    b0, b1, b2 = cubic[3], cubic[4], cubic[5]
    c0, c1, c2 = cubic[6], cubic[7], cubic[8]
    d0, d1, d2 = cubic[9], cubic[10], cubic[11]
    u = share
    to_go = 0.0
    curvature = 0.0
    speed = 0.0
    for _ in range(8):
        e0 = a0 + u * (b0 + u * (c0 + u * d0))
        e1 = a1 + u * (b1 + u * (c1 + u * d1))
        e2 = a2 + u * (b2 + u * (c2 + u * d2))
        f0 = b0 + u * (2.0 * c0 + u * 3.0 * d0)
        f1 = b1 + u * (2.0 * c1 + u * 3.0 * d1)
        f2 = b2 + u * (2.0 * c2 + u * 3.0 * d2)
        g0, g1, g2 = 2.0 * c0 + 6.0 * u * d0, 2.0 * c1 + 6.0 * u * d1, 2.0 * c2 + 6.0 * u * d2
        square = f0 * f0 + f1 * f1 + f2 * f2
        speed = math.sqrt(square)
        curvature = square + g0 * e0 + g1 * e1 + g2 * e2
        if curvature < HILLY * square:
            curvature = -1.0
            break
        to_go = -(f0 * e0 + f1 * e1 + f2 * e2) / curvature
        after = min(max(u + to_go, 0.0), 1.0)
        moved = abs(after - u) * speed
        u = after
        if moved < 1e-5:
            break
    e0 = a0 + u * (b0 + u * (c0 + u * d0))
    e1 = a1 + u * (b1 + u * (c1 + u * d1))
    e2 = a2 + u * (b2 + u * (c2 + u * d2))
    return u, math.sqrt(e0 * e0 + e1 * e1 + e2 * e2), to_go * speed, speed, curvature


@jit
def end_of(cubic, share):
    x = cubic[0] + share * (cubic[3] + cubic[6] + cubic[9])
    y = cubic[1] + share * (cubic[4] + cubic[7] + cubic[10])
    z = cubic[2] + share * (cubic[5] + cubic[8] + cubic[11])
    return x, y, z


@jit
def same_place(p, q):
    return abs(p[0] - q[0]) + abs(p[1] - q[1]) + abs(p[2] - q[2]) < SAME_PLACE_M


@jit
def settle(tree_cubic, tree_curve, t1, t2, error, count, kept, share, chord, to_go):
    """Choose among the pieces kept for one position; say which, and where on its curve, or that it is unclear."""
    best = 0
    for k in range(1, count):
        if chord[k] < chord[best]:
            best = k
    wide = margin(chord[best], error)
    piece, u = kept[best], share[best]
    curve = tree_curve[piece]
    at_start = u == 0.0 and t1[piece] == 0.0
    at_end = u == 1.0 and t2[piece] == 1.0
    length = end_of(tree_cubic[piece], 1.0)
    start = end_of(tree_cubic[piece], 0.0)
    size = math.sqrt((length[0] - start[0]) ** 2 + (length[1] - start[1]) ** 2 + (length[2] - start[2]) ** 2)
    at_vertex = at_start or at_end
    if at_vertex:
        if abs(to_go[best]) < wide:
            return UNCLEAR, best
    elif (t1[piece] == 0.0 and u * size < wide) or (t2[piece] == 1.0 and (1.0 - u) * size < wide):
        return UNCLEAR, best
    here = end_of(tree_cubic[piece], u) if at_vertex else start
    chosen, chosen_curve = best, curve
    for k in range(count):
        if k == best or chord[k] > chord[best] + slack(chord[best], error):
            continue
        other = kept[k]
        if share[k] != 0.0 and share[k] != 1.0:
            # A foot of its own: its neighbour on the same curve is clipped at their joint unless it is the best.
            if tree_curve[other] == curve and not at_vertex and (
                (t2[other] == t1[piece] and u == 0.0) or (t1[other] == t2[piece] and u == 1.0)
            ):
                continue
            return UNCLEAR, best
        there = end_of(tree_cubic[other], share[k])
        if tree_curve[other] == curve and not at_vertex:
            if (share[k] == 1.0 and t2[other] == t1[piece]) or (share[k] == 0.0 and t1[other] == t2[piece]):
                continue
        if abs(to_go[k]) < wide:
            return UNCLEAR, best
        if at_vertex:
            if not same_place(here, there):
                return UNCLEAR, best
            if tree_curve[other] < chosen_curve:
                chosen, chosen_curve = k, tree_curve[other]
        elif not (same_place(there, start) or same_place(there, length)):
            return UNCLEAR, best
    if at_vertex:
        return (START if share[chosen] == 0.0 else END), chosen
    return INSIDE, best


@jit
def search(lon, lat, groups, level_start, cubic, stretches, bounds, out):
    """Find the piece on which the nearest point of each position lies, as far as that can be settled in space.

    `stretches` holds the curve of each piece and its parameters there, `bounds` the error of the cubics and the
    greatest bend. Into `out` go the piece, the share of it, the state, metres for each unit of the share, and the
    second derivative of half the square of the chord along the curve.
    """
    curve, t1, t2 = stretches
    error, bend = bounds
    out_piece, out_share, out_state, out_speed, out_bend = out
    levels = level_start.size - 1
    stack_group = np.empty(STACK, np.int64)
    stack_level = np.empty(STACK, np.int64)
    stack_low = np.empty(STACK)
    distance = np.empty(LANES)
    along = np.empty(LANES)
    kept = np.empty(KEPT, np.int64)
    share = np.empty(KEPT)
    chord = np.empty(KEPT)
    to_go = np.empty(KEPT)
    stretch = np.empty(KEPT)
    pace = np.empty(KEPT)
    before = 0
    for i in range(lon.size):
        phi, lam = math.radians(lat[i]), math.radians(lon[i])
        sine = math.sin(phi)
        normal = EQUATORIAL_RADIUS_M / math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
        across = normal * math.cos(phi)
        x, y = across * math.cos(lam), across * math.sin(lam)
        z = normal * (1.0 - ECCENTRICITY_SQUARED) * sine
        # Any point of the line is a bound; that of the position before is a good one if positions are sorted.
        best = math.sqrt((cubic[before, 0] - x) ** 2 + (cubic[before, 1] - y) ** 2 + (cubic[before, 2] - z) ** 2)
        limit = best + slack(best, error)
        count = 0
        full = False
        top = 0
        for group in range(level_start[1] - 1, -1, -1):
            stack_group[top], stack_level[top], stack_low[top] = group, 0, 0.0
            top += 1
        while top > 0:
            top -= 1
            if stack_low[top] > limit:
                continue
            group, level = stack_group[top], stack_level[top]
            box = groups[group]
            for j in range(LANES):
                px, py, pz = x - box[0, j], y - box[1, j], z - box[2, j]
                w = (px * box[3, j] + py * box[4, j] + pz * box[5, j]) * box[6, j]
                w = min(max(w, 0.0), 1.0)
                px, py, pz = px - w * box[3, j], py - w * box[4, j], pz - w * box[5, j]
                along[j] = w
                distance[j] = math.sqrt(px * px + py * py + pz * pz)
            first = (group - level_start[level]) * LANES
            if level == levels - 1:
                for j in range(LANES):
                    if distance[j] + box[7, j] < best:
                        best = distance[j] + box[7, j]
                limit = best + slack(best, error)
                for j in range(LANES):
                    if distance[j] - box[7, j] > limit:
                        continue
                    piece = first + j
                    u, c, left, speed, curved = foot(cubic[piece], x, y, z, along[j])
                    if curved < 0.0:
                        full = True
                    if c < best:
                        best = c
                        limit = best + slack(best, error)
                    if c > limit:
                        continue
                    if count == KEPT:
                        count = 0
                        for k in range(KEPT):
                            if chord[k] <= limit:
                                kept[count], share[count], chord[count] = kept[k], share[k], chord[k]
                                to_go[count], stretch[count], pace[count] = to_go[k], stretch[k], pace[k]
                                count += 1
                        if count == KEPT:
                            full = True
                            top = 0
                            break
                    kept[count], share[count], chord[count], to_go[count] = piece, u, c, left
                    stretch[count], pace[count] = curved / (speed * speed), speed
                    count += 1
                continue
            base = level_start[level + 1] + first
            bottom = top
            for j in range(LANES):
                low = distance[j] - box[7, j]
                if low > limit:
                    continue
                k = top
                while k > bottom and stack_low[k - 1] < low:
                    stack_group[k], stack_level[k], stack_low[k] = stack_group[k - 1], stack_level[k - 1], stack_low[k - 1]
                    k -= 1
                stack_group[k], stack_level[k], stack_low[k] = base + j, level + 1, low
                top += 1
        state = UNCLEAR
        chosen = 0
        if count > 0:
            if full or best > FAR_M or best * bend > 0.5 or abs(lat[i]) > POLAR_DEG:
                for k in range(1, count):
                    if chord[k] < chord[chosen]:
                        chosen = k
            else:
                state, chosen = settle(cubic, curve, t1, t2, error, count, kept, share, chord, to_go)
            before = kept[chosen]
            out_piece[i], out_share[i] = kept[chosen], share[chosen]
            out_speed[i], out_bend[i] = pace[chosen], stretch[chosen]
        else:
            out_piece[i], out_share[i], out_speed[i], out_bend[i] = before, 0.0, 1.0, 1.0
        out_state[i] = state


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
            a = cubic[k]
            x = a[0] + u * (a[3] + u * (a[6] + u * a[9]))
            y = a[1] + u * (a[4] + u * (a[7] + u * a[10]))
            z = a[2] + u * (a[5] + u * (a[8] + u * a[11]))
            vx = a[3] + u * (2.0 * a[6] + u * 3.0 * a[9])
            vy = a[4] + u * (2.0 * a[7] + u * 3.0 * a[10])
            vz = a[5] + u * (2.0 * a[8] + u * 3.0 * a[11])
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
    piece, share, state, speed, bend = feet
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
            ahead = -variation * reduced / bend[i]
            surplus = -0.5 * variation * ahead
            if abs(ahead) > OFF_M or surplus > SURPLUS_M:
                share[i] += ahead / speed[i]
                t = t1[k] + share[i] * (t2[k] - t1[k])
                wide = 10.0 * OFF_M / speed[i]
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
