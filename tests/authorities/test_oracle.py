"""The oracle's own checks, on few samples; `check_oracle.py` runs them at length."""

import check_oracle


def test_geographiclib_agrees_with_quadrature():
    assert check_oracle.geodesics_against_quadrature(4) < 1e-8


def test_distances_to_the_equator_are_meridian_arcs():
    assert check_oracle.meridian_arcs(3) < 1e-8


def test_rhumb_lines_agree_with_thirty_digits():
    assert check_oracle.rhumb_lines(40) < 1e-6


def test_no_dense_sample_is_nearer():
    nearer, farther = check_oracle.densified(2)
    assert nearer < 1e-8
    assert farther < 1.0
