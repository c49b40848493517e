"""Runs every check under the rule, and gathers what a map or a report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geoinc.assessment.border_checks import check_distances, check_sides
from geoinc.assessment.clocks import check_times
from geoinc.assessment.evidence import Context
from geoinc.assessment.falls import check_falls
from geoinc.assessment.grounds import check_grounds
from geoinc.assessment.notices import notices_of
from geoinc.assessment.offsets import check_offsets
from geoinc.assessment.place_bounds import check_place_bounds
from geoinc.assessment.rule import rule_document
from geoinc.assessment.scene import draw_scene, drawn_view
from geoinc.assessment.together import hold_together
from geoinc.assessment.tracks import check_tracks
from geoinc.boundaries import Border
from geoinc.boundaries.own import OwnFile
from geoinc.claims import Incident, PositionClaim
from geoinc.consistency import check_bounds, check_containments, check_separations, check_triangles
from geoinc.findings import AssessmentData, Finding, FindingKind, Outcome
from geoinc.geodesy import Edges
from geoinc.measurement import measure_position
from geoinc.provenance import run_manifest
from geoinc.repeated import check_repeated

__all__ = ["assess_incident"]


def assess_incident(
    incident: Incident,
    borders: Mapping[tuple[str, str], Border],
    *,
    edges: Edges | None = None,
    only: Sequence[str] = (),
    own: Sequence[OwnFile] = (),
) -> AssessmentData:
    """Assess everything that an incident file says.

    Parameters
    ----------
    incident : Incident
        The claims.
    borders : mapping of pairs of str to Border
        The borders that the incident names, keyed as it names them.
    edges : Edges, optional
        One interpretation of all edges instead of each source's own.
    only : sequence of str
        The sources that the user restricted the run to, for the manifest.
    own : sequence of OwnFile
        The boundary files that the user gave for the run, for the manifest.

    Returns
    -------
    AssessmentData
        Findings, measurements and what a map draws.
    """
    context = Context(incident, borders, edges)
    measurements = {
        claim.id: tuple(
            measurement
            for pair in incident.borders
            for measurement in measure_position(
                borders[pair], claim.reading.lon_deg, claim.reading.lat_deg, edges=edges
            )
        )
        for claim in incident.claims
        if isinstance(claim, PositionClaim)
    }
    together = hold_together(context, drawn_view(incident, borders, measurements))
    findings = (
        *check_sides(context),
        *check_distances(context),
        *check_offsets(context),
        *check_separations(incident),
        *check_bounds(incident),
        *check_containments(incident),
        *check_place_bounds(context),
        *check_triangles(incident),
        *check_repeated(incident),
        *check_grounds(context),
        *together.findings,
        *check_falls(context),
        *check_times(context),
        *check_tracks(context),
    )
    scene = draw_scene(incident, borders, measurements, edges=edges)
    sources = tuple({line.id: line for pair in incident.borders for line in borders[pair].sources}.values())
    return AssessmentData(
        incident=incident,
        sources=sources,
        rule=rule_document(),
        findings=_without_outdone(findings),
        measurements=measurements,
        regions=scene.regions,
        connectors=scene.connectors,
        views=scene.views,
        view_box_deg=scene.view_box_deg,
        places=scene.places,
        locator=scene.locator,
        joint_regions=together.regions,
        gaps=together.gaps,
        notices=notices_of(incident),
        landscape=scene.landscape,
        manifest=run_manifest(
            input_name=incident.file,
            input_sha256=incident.sha256,
            sources=sources,
            options={
                "edges": edges.value if edges else None,
                "only": list(only),
                "precision": incident.precision.value if incident.precision else None,
                **({"boundary": [file.document() for file in own]} if own else {}),
            },
        ),
    )


def _without_outdone(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Leave out each check of distances alone that finds nothing where all that is known of the ground finds more.

    It looks at less (no directions, no places on the ground), and "can both hold" would be wrong of claims that
    a joint region has shown to contradict each other.
    """
    shown = [
        set(each.evidence["smallest_set"])
        for each in findings
        if each.kind is FindingKind.REGIONS
        and each.outcome is Outcome.INCONSISTENT
        and each.evidence.get("smallest_set")
    ]
    partial = (FindingKind.TRIANGLE, FindingKind.LIPSCHITZ, FindingKind.SAME_POINT)
    return tuple(
        each
        for each in findings
        if not (
            each.kind in partial
            and each.outcome is Outcome.CONSISTENT
            and any(claims <= set(each.claims) for claims in shown)
        )
    )
