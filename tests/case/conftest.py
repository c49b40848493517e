"""The main case, assessed once for all tests of this folder."""

from __future__ import annotations

import pytest

import geoinc


@pytest.fixture(scope="session")
def incident():
    return geoinc.load_incident("tz-98d")


@pytest.fixture(scope="session")
def assessment(incident):
    return geoinc.assess(incident)


@pytest.fixture(scope="session")
def document(assessment):
    return assessment.to_document()
