"""Bounds on motion, against trajectories followed in another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoinc.intervals import Interval
from geoinc.motion import (
    GRAVITY_M_S2,
    drag_free_range_m,
    drag_range_m,
    elapsed_s,
    fall_range_m,
    farthest_m,
    flight_range_m,
    follow_falls,
    glide_range_m,
    least_altitude_m,
    least_detours_m,
    least_mean_speed,
    least_speed_m_s,
    longest_fall_s,
    model_margin_m,
    wind_drift_m,
)
from geoinc.motion.atmosphere import DENSITY_SHARE, air_density_kg_m3

ALTITUDES = st.floats(0, 20_000)
SPEEDS = st.floats(0, 350)
ANGLES = st.floats(-89, 89)
DOWNWARD = st.floats(-89, 0)
COEFFICIENTS = st.floats(20, 20_000)
SHARES = st.floats(DENSITY_SHARE.low, DENSITY_SHARE.high)
RELATIVE = 1e-9


def span(low, high):
    return Interval(min(low, high), max(low, high))


class TestWithoutDrag:
    @given(ALTITUDES, SPEEDS, st.floats(-90, 90))
    def test_the_end_lies_on_the_ground(self, altitude, speed, angle):
        distance = fall_range_m(altitude, speed, angle)
        across = speed * math.cos(math.radians(angle))
        assume(across > 1e-3)
        duration = distance / across
        height = altitude + speed * math.sin(math.radians(angle)) * duration - GRAVITY_M_S2 * duration**2 / 2
        assert height == pytest.approx(0, abs=1e-6 * (altitude + 1))

    @given(ALTITUDES, SPEEDS, st.floats(-90, 90))
    def test_no_angle_goes_further(self, altitude, speed, angle):
        assert fall_range_m(altitude, speed, angle) <= farthest_m(altitude, speed) * (1 + RELATIVE) + 1e-9

    @given(st.floats(1, 20_000), st.floats(1, 350))
    def test_the_best_angle_goes_as_far(self, altitude, speed):
        found = drag_free_range_m(Interval(altitude, altitude), Interval(speed, speed))
        assert found.high == pytest.approx(farthest_m(altitude, speed), rel=1e-12)

    @given(ALTITUDES, ALTITUDES, SPEEDS, SPEEDS, ANGLES)
    def test_monotonic(self, one, other, slow, fast, angle):
        low, high = sorted((one, other)), sorted((slow, fast))
        lower = fall_range_m(low[0], high[0], angle)
        assert lower <= fall_range_m(low[1], high[0], angle) * (1 + RELATIVE) + 1e-9
        assert lower <= fall_range_m(low[0], high[1], angle) * (1 + RELATIVE) + 1e-9

    @given(st.data(), *[st.tuples(each, each) for each in (ALTITUDES, SPEEDS, st.floats(-90, 90))])
    def test_every_fall_lies_in_the_interval(self, data, altitudes, speeds, angles):
        boxes = [span(*each) for each in (altitudes, speeds, angles)]
        inside = [data.draw(st.floats(box.low, box.high)) for box in boxes]
        found = drag_free_range_m(*boxes)
        assert found.widened(1e-6 * (1 + found.high)).contains(fall_range_m(*inside))

    @given(st.floats(1, 50_000), ALTITUDES)
    def test_least_speed_is_the_other_way_round(self, distance, altitude):
        assert farthest_m(altitude, least_speed_m_s(distance, altitude)) == pytest.approx(distance, rel=1e-9)

    @given(st.floats(1, 50_000), st.floats(1, 350))
    def test_least_altitude_is_the_other_way_round(self, distance, speed):
        altitude = least_altitude_m(distance, speed)
        if altitude > 0:
            assert farthest_m(altitude, speed) == pytest.approx(distance, rel=1e-9)
        else:
            assert farthest_m(0.0, speed) >= distance * (1 - RELATIVE)

    def test_a_round_and_turning_earth_stays_inside_the_margin(self):
        """A sphere as wide as the equator, without its bulge: its gravity is weaker than anywhere on earth."""
        gm, radius, turn = 3.986004418e14, 6_378_137.0, 7.292115e-5
        grid = np.meshgrid(
            [10.0, 3000.0, 20_000.0],
            [1.0, 100.0, 350.0],
            np.radians([-60, 0, 20, 40, 60]),
            np.radians([0, 45, 90, 180, 270]),
            np.radians([0, 20, 45, 90]),
            indexing="ij",
        )
        altitude, speed, angle, azimuth, latitude = (each.ravel() for each in grid)
        zero = np.zeros_like(altitude)
        up = np.stack([np.cos(latitude), zero, np.sin(latitude)])
        east = np.stack([zero, zero + 1, zero])
        north = np.stack([-np.sin(latitude), zero, np.cos(latitude)])
        axis = np.array([[0.0], [0.0], [turn]])
        along = np.sin(azimuth) * east + np.cos(azimuth) * north
        place = (radius + altitude) * up
        velocity = speed * (np.cos(angle) * along + np.sin(angle) * up) + np.cross(axis, place, axis=0)

        def pull(where):
            return -gm * where / np.sqrt((where**2).sum(axis=0)) ** 3

        step, time = 0.1, 0.0
        ended = np.full(altitude.shape, np.nan)
        while np.isnan(ended).any():
            before = place
            half = velocity + step / 2 * pull(place)
            place = place + step * half
            velocity = half + step / 2 * pull(place)
            time += step
            height = np.sqrt((place**2).sum(axis=0)) - radius
            last = np.sqrt((before**2).sum(axis=0)) - radius
            landed = np.isnan(ended) & (height <= 0)
            share = np.where(landed, last / np.where(landed, last - height, 1.0), 0.0)
            at = before + share * (place - before)
            moved = turn * (time - step + share * step)
            spot = np.stack([np.cos(latitude) * np.cos(moved), np.cos(latitude) * np.sin(moved), np.sin(latitude)])
            chord = np.sqrt(((at / np.sqrt((at**2).sum(axis=0)) - spot) ** 2).sum(axis=0))
            ended = np.where(landed, 2 * radius * np.arcsin(chord / 2), ended)
        shares = [
            abs(true_m - flat_m) / model_margin_m(h, flat_m)
            for true_m, h, v, a in zip(ended, altitude, speed, np.degrees(angle), strict=True)
            for flat_m in [fall_range_m(h, v, a)]
        ]
        assert max(shares) < 1


def simulate(altitude, speed, angle, coefficient, share=1.0, wind=(0.0, 0.0), lag=0.0):
    """Follow falls by small steps of time, in three dimensions and over the ground; wind as x and y."""
    values = np.broadcast_arrays(altitude, speed, np.radians(angle), coefficient, share, *wind)
    height, speed, angle, coefficient, share, wind_x, wind_y = (np.array(each, dtype=float).ravel() for each in values)
    zero = np.zeros_like(height)
    state = np.stack([zero, zero, height, speed * np.cos(angle), zero, speed * np.sin(angle)])
    time = zero.copy()

    def rates(now, seconds):
        blowing = np.cos(lag * seconds)
        through = np.stack([now[3] - wind_x * blowing, now[4] - wind_y * blowing, now[5]])
        slowing = share * air_density_kg_m3(now[2]) / (2 * coefficient) * np.sqrt((through**2).sum(axis=0))
        return np.concatenate([now[3:], -slowing * through - np.array([[0.0], [0.0], [GRAVITY_M_S2]])])

    falling = state[2] > 0
    while falling.any():
        step = np.where(falling, 0.04, 0.0)
        first = rates(state, time)
        second = rates(state + step / 2 * first, time + step / 2)
        third = rates(state + step / 2 * second, time + step / 2)
        after = state + step / 6 * (first + 2 * second + 2 * third + rates(state + step * third, time + step))
        landed = falling & (after[2] <= 0)
        share_of = np.where(landed, state[2] / np.where(landed, state[2] - after[2], 1.0), 1.0)
        state = state + share_of * (after - state)
        time = time + share_of * step
        falling = falling & ~landed
    return np.hypot(state[0], state[1]), time


class TestWithDrag:
    def test_against_steps_of_time(self):
        cases = np.array([
            (9000.0, 100.0, 0.0, 500.0, 1.0), (1000.0, 60.0, 30.0, 100.0, 1.0), (3000.0, 300.0, -20.0, 5000.0, 0.5),
            (15_000.0, 200.0, 45.0, 1000.0, 1.3), (500.0, 5.0, 0.0, 30.0, 1.0), (2_000.0, 80.0, -60.0, 80.0, 0.8),
        ])  # fmt: skip
        found = follow_falls(*cases.T[:4], density_share=cases.T[4])
        distance_m, duration_s = simulate(*cases.T)
        assert found.distance_m == pytest.approx(distance_m, rel=1e-4, abs=0.05)
        assert found.duration_s == pytest.approx(duration_s, rel=1e-4, abs=1e-3)

    def test_finer_steps_change_nothing(self, monkeypatch):
        arguments = ([9000.0, 3000.0, 15_000.0], [100.0, 300.0, 50.0], [0.0, 40.0, -30.0], [500.0, 50.0, 5000.0])
        coarse = follow_falls(*arguments)
        monkeypatch.setattr("geoinc.motion.drag.LARGEST_STEP", 0.025)
        monkeypatch.setattr("geoinc.motion.drag.LARGEST_LOSS", 0.05)
        fine = follow_falls(*arguments)
        assert coarse.distance_m == pytest.approx(fine.distance_m, rel=1e-4)
        assert coarse.duration_s == pytest.approx(fine.duration_s, rel=1e-4)

    @settings(max_examples=25, deadline=None)
    @given(ALTITUDES, SPEEDS, ANGLES, COEFFICIENTS, SHARES)
    def test_drag_only_shortens(self, altitude, speed, angle, coefficient, share):
        fall = follow_falls(altitude, speed, angle, coefficient, density_share=share)
        assert fall.distance_m <= fall_range_m(altitude, speed, angle) * (1 + 1e-4) + 0.2

    @settings(max_examples=25, deadline=None)
    @given(*[st.tuples(each, each) for each in (ALTITUDES, SPEEDS, DOWNWARD, COEFFICIENTS, SHARES)])
    def test_at_or_below_the_horizontal_it_is_monotonic(self, altitudes, speeds, angles, coefficients, shares):
        low, high = np.sort(np.array([altitudes, speeds, angles, coefficients, shares])).T.copy()
        low[4], high[4] = high[4], low[4]
        falls = np.tile(low, (6, 1))
        falls[np.arange(5), np.arange(5)] = high
        falls = follow_falls(*falls.T[:4], density_share=falls.T[4])
        assert (falls.distance_m[:5] >= falls.distance_m[5] * (1 - 1e-4) - 0.01).all()

    @settings(max_examples=12, deadline=None)
    @given(st.data(), *[st.tuples(each, each) for each in (ALTITUDES, SPEEDS, ANGLES, COEFFICIENTS)])
    def test_every_fall_with_drag_lies_in_the_interval(self, data, altitudes, speeds, angles, coefficients):
        boxes = [span(*pair) for pair in (altitudes, speeds, angles, coefficients)]
        inside = [[data.draw(st.floats(box.low, box.high)) for _ in range(4)] for box in (*boxes, DENSITY_SHARE)]
        altitude, speed, angle, coefficient = boxes
        found = drag_range_m(altitude, speed, coefficient, angle)
        falls = follow_falls(*inside[:4], density_share=inside[4])
        assert (falls.distance_m <= found.high * (1 + 1e-4) + 0.2).all()
        assert (falls.distance_m >= found.low * (1 - 1e-4) - 0.01).all()
        assert found.high <= drag_free_range_m(altitude, speed, angle).high * (1 + 1e-9)
        assert (falls.duration_s <= longest_fall_s(altitude.high, speed.high, coefficient, angle) * (1 + 1e-4)).all()

    @settings(max_examples=3, deadline=None)
    @given(st.integers(0, 2**32 - 1))
    def test_falls_in_wind_lie_in_the_interval(self, seed):
        rng = np.random.default_rng(seed)
        top, fastest, gale = rng.uniform(100, 6000), rng.uniform(1, 250), rng.uniform(0, 40)
        least = rng.uniform(100, 3000)
        number = 40
        toward, strength = rng.uniform(0, 2 * math.pi, number), rng.uniform(0, gale, number)
        distance_m, duration_s = simulate(
            rng.uniform(0.5, 1, number) * top, rng.uniform(0, fastest, number), rng.uniform(-80, 80, number),
            rng.uniform(least, 5 * least, number), rng.uniform(DENSITY_SHARE.low, DENSITY_SHARE.high, number),
            (strength * np.cos(toward), strength * np.sin(toward)),
        )  # fmt: skip
        coefficient = Interval(least, 5 * least)
        found = drag_range_m(Interval(top / 2, top), Interval(0, fastest), coefficient, wind=Interval(0, gale))
        assert distance_m.max() <= found.high + 0.1
        assert duration_s.max() <= longest_fall_s(top, fastest + gale, coefficient) + 0.05

    def test_wind_carries_what_is_light(self):
        distance_m, _ = simulate(1000.0, 1.0, 0.0, 50.0, 1.0, (20.0, 0.0))
        found = drag_range_m(*(Interval(each, each) for each in (1000.0, 1.0, 50.0)), wind=Interval(0, 20))
        assert drag_range_m(*(Interval(each, each) for each in (1000.0, 21.0, 50.0))).high < distance_m[0] < found.high

    def test_the_ends_of_a_level_launch_are_reached(self):
        box = [Interval(5000.0, 6000.0), Interval(50.0, 80.0), Interval(200.0, 400.0), Interval(-10.0, 0.0)]
        found = drag_range_m(*box)
        thin, dense = DENSITY_SHARE.low, DENSITY_SHARE.high
        assert found.high == pytest.approx(float(follow_falls(6000, 80, 0, 400, density_share=thin).distance_m))
        assert found.low == pytest.approx(float(follow_falls(5000, 50, -10, 200, density_share=dense).distance_m))

    def test_wind_that_changes_carries_no_further_than_its_speed(self):
        gale = np.array([5.0, 20.0, 40.0])
        distance_m, duration_s = simulate(1000.0, 0.0, 0.0, [50.0, 300.0, 2000.0], 1.0, (gale, 0 * gale), lag=0.1)
        for moved, lasted, speed in zip(distance_m, duration_s, gale, strict=True):
            assert moved <= wind_drift_m(Interval(0, speed), lasted).high


class TestTravel:
    @given(st.data(), st.floats(0, 20_000), st.floats(1, 60), st.floats(10, 200), st.floats(0, 50))
    def test_a_glide_in_wind(self, data, altitude, ratio, speed, gale):
        found = glide_range_m(
            Interval(0, altitude), Interval(1, ratio), speed=Interval(speed, 2 * speed), wind=Interval(0, gale)
        )
        own = data.draw(st.floats(speed, 2 * speed))
        glided = data.draw(st.floats(1, ratio))
        sink = own / math.hypot(1, glided)
        lasted = altitude / sink
        heading, blowing = (data.draw(st.floats(0, 2 * math.pi)) for _ in range(2))
        east = own * glided / math.hypot(1, glided) * math.cos(heading) * lasted + gale * math.cos(blowing) * lasted
        north = own * glided / math.hypot(1, glided) * math.sin(heading) * lasted + gale * math.sin(blowing) * lasted
        assert math.hypot(east, north) <= found.high * (1 + 1e-9) + 1e-9

    @given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 6.3), st.floats(0, 100)), min_size=1, max_size=8))
    def test_a_flight_with_turns(self, legs):
        x = sum(speed * math.cos(course) * lasted for speed, course, lasted in legs)
        y = sum(speed * math.sin(course) * lasted for speed, course, lasted in legs)
        fastest, total = max(leg[0] for leg in legs), sum(leg[2] for leg in legs)
        found = flight_range_m(Interval(0, fastest), Interval(0, total))
        assert math.hypot(x, y) <= found.high * (1 + 1e-9) + 1e-9

    @given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(1, 100), st.floats(0, 1)), min_size=1, max_size=8))
    def test_no_flight_is_slower_than_the_least_speed(self, legs):
        """Whoever flies each leg straight has flown, somewhere, no slower than this."""
        clock, times = 0.0, [Interval(-30.0, 30.0)]
        for _, lasted, late in legs:
            clock += lasted
            times.append(Interval(clock - 30 * late, clock + 30 * (1 - late)))
        needed = least_mean_speed([speed * lasted for speed, lasted, _ in legs], times)
        assert needed.speed_m_s <= max(speed for speed, _, _ in legs) * (1 + 1e-9)

    @given(st.floats(-1e6, 1e6), st.floats(0, 100), st.floats(-1e6, 1e6), st.floats(0, 100), st.data())
    def test_elapsed_time(self, one, long, other, longer, data):
        first, second = Interval(one, one + long), Interval(other, other + longer)
        found = elapsed_s(first, second)
        gone = data.draw(st.floats(second.low, second.high)) - data.draw(st.floats(first.low, first.high))
        assert found.widened(1e-6).contains(gone)


def test_no_way_by_the_border_is_shorter_than_the_bound():
    from geoinc.boundaries import open_border
    from geoinc.geodesy import inverse, stations

    line = open_border("MLI", "DZA")["osm"].polyline()
    rng = np.random.default_rng(7)
    start = np.column_stack([rng.uniform(2.5, 3.2, 20), rng.uniform(19.3, 19.9, 20)])
    end = np.column_stack([rng.uniform(2.5, 3.2, 20), rng.uniform(19.3, 19.9, 20)])
    lon, lat = stations(line, 31.0)
    near = (lon > 1) & (lon < 5)
    for low, one, other in zip(least_detours_m(line, start, end), start, end, strict=True):
        ways = inverse(*one, lon[near], lat[near])[0] + inverse(*other, lon[near], lat[near])[0]
        assert low <= ways.min()
        assert low >= ways.min() - 400.0
