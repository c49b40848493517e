"""Which piece of a line is nearest, for one position after the other: the search, compiled.

Positions are points in space here. Every function works on a position by itself, so that nothing depends on the
company in which it comes, and none holds the interpreter's lock.
"""

from __future__ import annotations

import math

import numpy as np

from geoinc.geodesy.ellipsoid import (
    ECCENTRICITY_SQUARED,
    EQUATORIAL_RADIUS_M,
    MAX_CURVATURE_RADIUS_M,
    MIN_CURVATURE_RADIUS_M,
)
from geoinc.geodesy.jit import jit

__all__ = ["END", "INSIDE", "START", "UNCLEAR", "gather", "search"]

UNCLEAR, INSIDE, START, END = 0, 1, 2, 3
"""What the search says of a position: not settled, or where on its curve the nearest point lies."""

LANES = 8
STACK = 128
KEPT = 64
"""Pieces that are remembered as possibly nearest; a position with more of them is not settled here."""
GATHERED = 1024
SETTLED_M = 1_000_000.0
"""Straight through the earth: beyond it nothing is settled here."""
GATHERED_M = 5_000_000.0
"""Beyond it no candidates are told here either."""
ESTIMATED_M = 300_000.0
"""From here on pieces are told apart by their way along the ellipsoid at once; nearer, only where several compete."""
HILLY = 0.25
"""Least second derivative of half the square of the chord, against that at no distance."""
CLOSE_M = 0.01
"""A step of Newton's method this long leaves some nanometres to go."""
BENT = 0.5
"""Largest product of chord and bend of the line that keeps it so."""
TIE_M = 1e-8
ROUNDING_M = 1e-7
SAME_PLACE_M = 1e-6
POLAR_DEG = 89.9

# Between points of the ellipsoid a chord c belongs to ways from c + c^3 / 24 R^2 to c + c^3 / 24 r^2 (and higher
# terms), R and r being the largest and the least radius of curvature; see `farthest_chord`.
SLACK = 1.15 / 24 * (1 / MIN_CURVATURE_RADIUS_M**2 - 1 / MAX_CURVATURE_RADIUS_M**2)
# `estimate` is off by at most 2.7e-32 of the fifth power of the way up to 5,000 km; two of them compete.
ESTIMATE = 2 * 3.5e-32


@jit
def slack(chord, error):
    """How much farther in space than the nearest piece another may be and yet be nearer along the ellipsoid."""
    return SLACK * chord * chord * chord * (1.0 + chord * chord / 1.5e13) + 2.0 * error + ROUNDING_M


@jit
def shift(chord):
    """How far the point of a line nearest in space may be from the one nearest along the ellipsoid."""
    return SLACK * chord * chord * chord * (1.0 + chord * chord / 1.5e13)


@jit
def close(way, error):
    """How much longer than the least an estimated way may be and yet be the shortest."""
    off = shift(way)
    return ESTIMATE * way**5 + 2.0 * off * off / max(way, 1.0) + 2.0 * error + ROUNDING_M


@jit
def margin(chord, error):
    """How far from a vertex a foot must be for the vertex to be surely farther, and no tie."""
    return 1.25 * shift(chord) + math.sqrt(4.0 * TIE_M * chord) + 10.0 * (error + ROUNDING_M)


@jit
def estimate(p, q):
    """Way along the ellipsoid between points of it, from their chord and the curvature halfway.

    Along a geodesic the normal curvature hardly changes in direction, and what it changes along the way is even
    about the middle: an arc of that curvature is as long to the fifth order of the way.
    """
    d0, d1, d2 = q[0] - p[0], q[1] - p[1], q[2] - p[2]
    m0, m1, m2 = 0.5 * (p[0] + q[0]), 0.5 * (p[1] + q[1]), 0.5 * (p[2] + q[2]) / (1.0 - ECCENTRICITY_SQUARED)
    across2 = m0 * m0 + m1 * m1
    square = across2 + m2 * m2
    across, length = math.sqrt(across2), math.sqrt(square)
    outward = (m0 * d0 + m1 * d1) / across
    north = (across * d2 - m2 * outward) / length
    east = (m0 * d1 - m1 * d0) / across
    level = north * north + east * east
    north_share = north * north / level if level > 0.0 else 0.0
    cosine2 = across2 / square
    second = ECCENTRICITY_SQUARED / (1.0 - ECCENTRICITY_SQUARED)
    curvature = (
        math.sqrt(1.0 - ECCENTRICITY_SQUARED * (1.0 - cosine2))
        / EQUATORIAL_RADIUS_M
        * (1.0 + second * cosine2 * north_share)
    )
    chord = math.sqrt(d0 * d0 + d1 * d1 + d2 * d2)
    return 2.0 / curvature * math.asin(min(0.5 * chord * curvature, 1.0))


@jit
def foot(cubic, piece, x, y, z, share):
    """Go down by Newton's method to the nearest point of a cubic; tell what is left to go at an end."""
    a0, a1, a2 = cubic[piece, 0] - x, cubic[piece, 1] - y, cubic[piece, 2] - z
    b0, b1, b2 = cubic[piece, 3], cubic[piece, 4], cubic[piece, 5]
    c0, c1, c2 = cubic[piece, 6], cubic[piece, 7], cubic[piece, 8]
    d0, d1, d2 = cubic[piece, 9], cubic[piece, 10], cubic[piece, 11]
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
        if moved < CLOSE_M:
            break
    e0 = a0 + u * (b0 + u * (c0 + u * d0))
    e1 = a1 + u * (b1 + u * (c1 + u * d1))
    e2 = a2 + u * (b2 + u * (c2 + u * d2))
    return u, math.sqrt(e0 * e0 + e1 * e1 + e2 * e2), to_go * speed, speed, curvature


@jit
def point_of(cubic, piece, u):
    return (
        cubic[piece, 0] + u * (cubic[piece, 3] + u * (cubic[piece, 6] + u * cubic[piece, 9])),
        cubic[piece, 1] + u * (cubic[piece, 4] + u * (cubic[piece, 7] + u * cubic[piece, 10])),
        cubic[piece, 2] + u * (cubic[piece, 5] + u * (cubic[piece, 8] + u * cubic[piece, 11])),
    )


@jit
def same_place(p, q):
    return abs(p[0] - q[0]) + abs(p[1] - q[1]) + abs(p[2] - q[2]) < SAME_PLACE_M


@jit
def to_space(lon, lat):
    phi, lam = math.radians(lat), math.radians(lon)
    sine = math.sin(phi)
    normal = EQUATORIAL_RADIUS_M / math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    across = normal * math.cos(phi)
    return across * math.cos(lam), across * math.sin(lam), normal * (1.0 - ECCENTRICITY_SQUARED) * sine


@jit
def sweep(groups, group, lanes, x, y, z, along, distance):
    """Measure to the axes of one group: a count that is no constant and plain choices make it a loop over vectors."""
    for j in range(lanes):
        px, py, pz = x - groups[group, 0, j], y - groups[group, 1, j], z - groups[group, 2, j]
        w = (px * groups[group, 3, j] + py * groups[group, 4, j] + pz * groups[group, 5, j]) * groups[group, 6, j]
        w = w if w > 0.0 else 0.0
        w = w if w < 1.0 else 1.0
        px, py, pz = px - w * groups[group, 3, j], py - w * groups[group, 4, j], pz - w * groups[group, 5, j]
        along[j] = w
        distance[j] = math.sqrt(px * px + py * py + pz * pz)


@jit
def descend(p, best, best_way, groups, level_start, cubic, error, room):
    """Go down the levels, nearer capsules first, and keep every piece that may hold the nearest point.

    `best` and `best_way` are bounds of the least chord and way. A row of `kept` holds share, chord, what is left to
    go at an end, way (or -1 where it was not estimated), metres for each unit of the share, second derivative,
    share of the axis, lower bound of the chord; the second derivative is -1 on a piece that Newton's method is not
    fit for. Returns how many were kept, more than there is room for if there were too many, and better bounds.
    """
    stack_group, stack_level, stack_low, distance, along, piece_of, kept = room
    levels, lanes = level_start.size - 1, groups.shape[2]
    x, y, z = p
    limit = best + slack(best, error)
    count = 0
    top = 0
    for group in range(level_start[1] - 1, -1, -1):
        stack_group[top], stack_level[top], stack_low[top] = group, 0, 0.0
        top += 1
    while top > 0:
        top -= 1
        if stack_low[top] > limit:
            continue
        group, level = stack_group[top], stack_level[top]
        sweep(groups, group, lanes, x, y, z, along, distance)
        first = (group - level_start[level]) * LANES
        if level < levels - 1:
            base = level_start[level + 1] + first
            bottom = top
            for j in range(LANES):
                low = distance[j] - groups[group, 7, j]
                if low > limit:
                    continue
                k = top
                while k > bottom and stack_low[k - 1] < low:
                    stack_group[k], stack_level[k], stack_low[k] = (
                        stack_group[k - 1],
                        stack_level[k - 1],
                        stack_low[k - 1],
                    )
                    k -= 1
                stack_group[k], stack_level[k], stack_low[k] = base + j, level + 1, low
                top += 1
            continue
        for j in range(LANES):
            best = min(best, distance[j] + groups[group, 7, j])
        limit = best + slack(best, error)
        for j in range(LANES):
            low = distance[j] - groups[group, 7, j]
            if low > limit:
                continue
            piece = first + j
            u, chord, left, pace, curved = foot(cubic, piece, x, y, z, along[j])
            if curved < 0.0:
                u, chord = along[j], low
            elif chord < best:
                best = chord
                limit = best + slack(best, error)
            if chord > limit:
                continue
            way = -1.0
            if chord > ESTIMATED_M and curved > 0.0:
                way = estimate(p, point_of(cubic, piece, u))
                best_way = min(best_way, way)
                if way > best_way + close(best_way, error):
                    continue
            if count == piece_of.size:
                count = 0
                for k in range(piece_of.size):
                    if kept[k, 1] <= limit and kept[k, 3] <= best_way + close(best_way, error):
                        piece_of[count] = piece_of[k]
                        for row in range(8):
                            kept[count, row] = kept[k, row]
                        count += 1
            if count >= piece_of.size:
                count = piece_of.size + 1
                continue
            piece_of[count] = piece
            kept[count, 0], kept[count, 1], kept[count, 2], kept[count, 3] = u, chord, left, way
            kept[count, 4], kept[count, 5], kept[count, 6], kept[count, 7] = pace, curved, along[j], low
            count += 1
    return count, best, best_way


@jit
def collect(p, before, groups, level_start, cubic, bounds, room):
    """Keep the pieces that may hold the nearest point of one position.

    `before` is a piece of the line: any point of it is a bound, and a good one if neighbours follow each other.
    What is kept does not depend on it. Returns how many were kept (see `descend`), or -1 if they are too many or the
    chord is no measure of the way; the greatest chord that is of interest, and the least way.
    """
    error, bend = bounds
    x, y, z = p
    best = math.sqrt((cubic[before, 0] - x) ** 2 + (cubic[before, 1] - y) ** 2 + (cubic[before, 2] - z) ** 2)
    count, best, best_way = descend(p, best, 1e30, groups, level_start, cubic, error, room)
    if count > room[5].size:
        # Much may have been kept before a good bound was known.
        count, best, best_way = descend(p, best, best_way, groups, level_start, cubic, error, room)
    limit = best + slack(best, error)
    if count > room[5].size or best > GATHERED_M or best * bend > BENT:
        return -1, limit, best_way
    for k in range(count):
        if room[6][k, 5] < 0.0 and room[6][k, 1] <= limit:
            return -1, limit, best_way
    return count, limit, best_way


@jit
def settle(p, cubic, stretches, error, count, chord_limit, piece_of, kept):
    """Choose among the pieces kept for one position; say which, and where on its curve, or that it is unclear."""
    curve, t1, t2 = stretches
    best = 0
    some = 0
    for k in range(count):
        if kept[k, 1] <= chord_limit:
            some += 1
            best = k
    if some > 1:
        for k in range(count):
            if kept[k, 1] <= chord_limit:
                if kept[k, 3] < 0.0:
                    kept[k, 3] = estimate(p, point_of(cubic, piece_of[k], kept[k, 0]))
                nearer = kept[k, 3] < kept[best, 3] or kept[best, 3] < 0.0
                if nearer or (kept[k, 3] == kept[best, 3] and piece_of[k] < piece_of[best]):
                    best = k
    piece, u = piece_of[best], kept[best, 0]
    edge = curve[piece]
    wide = margin(kept[best, 1], error)
    at_vertex = (u == 0.0 and t1[piece] == 0.0) or (u == 1.0 and t2[piece] == 1.0)
    start, end = point_of(cubic, piece, 0.0), point_of(cubic, piece, 1.0)
    if at_vertex:
        if abs(kept[best, 2]) < wide:
            return UNCLEAR, best
    elif (t1[piece] == 0.0 and u * kept[best, 4] < wide) or (t2[piece] == 1.0 and (1.0 - u) * kept[best, 4] < wide):
        return UNCLEAR, best
    here = start if u == 0.0 else end
    limit = kept[best, 3] + close(kept[best, 3], error)
    chosen, chosen_edge = best, edge
    for k in range(count):
        if k == best or kept[k, 1] > chord_limit or kept[k, 3] > limit:
            continue
        other, v = piece_of[k], kept[k, 0]
        if curve[other] == edge and not at_vertex and (t2[other] == t1[piece] or t1[other] == t2[piece]):
            # Neighbours on one curve are one stretch; where on it the foot is, the inverse will tell.
            continue
        if 0.0 < v < 1.0:
            return UNCLEAR, best
        there = point_of(cubic, other, v)
        if at_vertex:
            if abs(kept[k, 2]) < wide or not same_place(here, there):
                return UNCLEAR, best
            if curve[other] < chosen_edge:
                chosen, chosen_edge = k, curve[other]
        elif not (same_place(there, start) or same_place(there, end)):
            # Another edge that ends where this one does has nothing nearer than their vertex.
            return UNCLEAR, best
    if at_vertex:
        return (START if kept[chosen, 0] == 0.0 else END), chosen
    return INSIDE, best


@jit
def make_room(count):
    return (
        np.empty(STACK, np.int64),
        np.empty(STACK, np.int64),
        np.empty(STACK),
        np.empty(LANES),
        np.empty(LANES),
        np.empty(count, np.int64),
        np.empty((count, 8)),
    )


@jit
def search(lon, lat, groups, level_start, cubic, stretches, bounds, out):
    """Find the piece on which the nearest point of each position lies, as far as that can be settled in space.

    `stretches` holds the curve of each piece and its parameters there, `bounds` the error of the cubics and the
    greatest bend. Into `out` go the piece, the share of it, the state, metres for each unit of the share, and the
    second derivative of half the square of the chord along the curve, in metres.
    """
    out_piece, out_share, out_state, out_pace, out_curved = out
    room = make_room(KEPT)
    piece_of, kept = room[5], room[6]
    before = 0
    for i in range(lon.size):
        p = to_space(lon[i], lat[i])
        count, limit, _ = collect(p, before, groups, level_start, cubic, bounds, room)
        out_state[i] = UNCLEAR
        if count < 1 or limit > SETTLED_M or abs(lat[i]) > POLAR_DEG:
            continue
        state, chosen = settle(p, cubic, stretches, bounds[0], count, limit, piece_of, kept)
        before = piece_of[chosen]
        out_state[i], out_piece[i], out_share[i] = state, piece_of[chosen], kept[chosen, 0]
        out_pace[i], out_curved[i] = kept[chosen, 4], kept[chosen, 5] / kept[chosen, 4] ** 2


@jit
def gather(lon, lat, groups, level_start, cubic, bounds):
    """Find the pieces that may hold the nearest point, as `geoinc.geodesy.pieces.find_candidates` does.

    Returns pairs of position and piece, the share of the piece's axis, a lower bound of the chord, and for each
    position whether its pieces are told.
    """
    room = make_room(GATHERED)
    piece_of, kept = room[5], room[6]
    told = np.zeros(lon.size, np.bool_)
    total = 0
    which, piece = np.empty(4 * lon.size + GATHERED, np.int64), np.empty(4 * lon.size + GATHERED, np.int64)
    share, low = np.empty(which.size), np.empty(which.size)
    for i in range(lon.size):
        count, limit, way = collect(to_space(lon[i], lat[i]), 0, groups, level_start, cubic, bounds, room)
        longest = way + close(way, bounds[0])
        if count < 1:
            continue
        told[i] = True
        if total + count > which.size:
            which, piece = np.concatenate((which, which)), np.concatenate((piece, piece))
            share, low = np.concatenate((share, share)), np.concatenate((low, low))
        for k in range(count):
            if kept[k, 1] > limit or kept[k, 3] > longest:
                continue
            which[total], piece[total], share[total], low[total] = i, piece_of[k], kept[k, 6], kept[k, 7]
            total += 1
    return which[:total], piece[:total], share[:total], low[:total], told
