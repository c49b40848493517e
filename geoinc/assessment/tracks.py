"""Published tracks against the territory that an aircraft is said not to have left, and against their own figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.flown import check_flown, legs_of
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import Incident, PositionClaim, TrackClaim
from geoinc.consistency import finding_id, not_assessable
from geoinc.findings import Finding, FindingKind, Outcome, SourceOutcome
from geoinc.geodesy.legs import legs_through
from geoinc.intervals import Interval
from geoinc.messages import Text, join, later, number, say, say_many
from geoinc.motion import elapsed_s, least_detours_m
from geoinc.passage import Place, straight_way
from geoinc.passage.rim import outer_rim, window_rim
from geoinc.quantities import format_distance, format_interval
from geoinc.ranges import cell_radius_m
from geoinc.wording import if_left_out, listed, party_name, territory_name

__all__ = ["check_tracks"]

TOLD_M: Final = 0.05
"""Less than this of a straight way is not worth a sentence."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a claim says of a territory: that the aircraft never left it, or that it was inside at some time."""

    territory: str
    stayed: bool
    words: Text
    where: str

    @property
    def apart(self) -> Outcome:
        """How each position comes out as long as nothing but the way between them can tell."""
        return Outcome.CONSISTENT if self.stayed else Outcome.INCONSISTENT

    def whole_track(self, outcomes: Sequence[Outcome], *, shut: bool = False) -> Outcome:
        """Combine the positions, each of which may lie inside, outside, or too near to tell.

        One position outside is enough to have left, one inside to have been there. That all are inside bears out having
        stayed, and that all are outside excludes having been inside, only where the way between them is shut.
        """
        kinds = set(outcomes)
        if kinds == {Outcome.NOT_ASSESSABLE}:
            return Outcome.NOT_ASSESSABLE if not self.stayed else Outcome.INDETERMINATE
        if self.stayed:
            if Outcome.INCONSISTENT in kinds:
                return Outcome.INCONSISTENT
            return Outcome.CONSISTENT if shut and kinds == {Outcome.CONSISTENT} else Outcome.INDETERMINATE
        if Outcome.CONSISTENT in kinds:
            return Outcome.CONSISTENT
        return Outcome.INCONSISTENT if shut and kinds == {Outcome.INCONSISTENT} else Outcome.INDETERMINATE


def check_tracks(context: Context) -> Iterator[Finding]:
    """Check every published track against what is said of territories, and against its own figures.

    A party may say that the aircraft never left a territory, or that it was inside one.
    """
    incident = context.incident
    tracks = [claim for claim in incident.claims if isinstance(claim, TrackClaim)]
    for claim in tracks:
        said = _said(incident, claim)
        if said is not None:
            flown = [track for track in tracks if track.positions]
            for track in flown:
                yield _track(context, claim, track, said)
            if not flown:
                yield not_assessable(
                    FindingKind.TRACK,
                    [claim],
                    say("{statement}. No track was published, so this cannot be tested.", statement=said.words),
                    (say("a track with times"),),
                )
        yield from check_flown(incident, claim)


def _said(incident: Incident, claim: TrackClaim) -> _Said | None:
    if claim.border is None:
        return None
    if claim.never_left is not None:
        where = territory_name(incident, claim.never_left)
        words = say(
            "{party} says that the aircraft never left {territory} ({claim})",
            party=party_name(incident, claim),
            territory=where,
            claim=claim.tag,
        )
        return _Said(claim.never_left, stayed=True, words=words, where=where)
    if claim.entered is not None:
        where = territory_name(incident, claim.entered)
        words = say(
            "{party} says that the aircraft was in {territory} at some time ({claim})",
            party=party_name(incident, claim),
            territory=where,
            claim=claim.tag,
        )
        return _Said(claim.entered, stayed=False, words=words, where=where)
    return None


def _track(context: Context, claim: TrackClaim, track: TrackClaim, said: _Said) -> Finding:
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    asked = Asked(claim.border or context.incident.borders[0], said.territory)
    evidence = [
        context.evidence(
            PositionClaim(
                id=f"{track.id}[{index}]", party=track.party, kind="position", tag=track.tag, point="", reading=reading
            ),
            asked,
        )
        for index, reading in enumerate(track.positions)
    ]
    judged = [judge_sources(each, question) for each in evidence]
    outcomes = [decide(each) for each in judged]
    way = _tell_way(context, asked, claim, track, judged, said)
    outcome = said.whole_track(outcomes, shut=way.known)
    changes = [
        if_left_out(source.title, then)
        for source in evidence[0]
        if source.represents
        and (then := _left_out(context, asked, claim, track, judged, said, source.source)) is not outcome
    ]
    inside, outside = outcomes.count(Outcome.CONSISTENT), outcomes.count(Outcome.INCONSISTENT)
    shown = judged[outcomes.index(outcome)] if outcome in outcomes else judged[0]
    own = [claim] if claim is track else [claim, track]
    by = None if claim is track else (party_name(context.incident, track), track.tag)
    straight, straight_evidence = _tell_straight(context, asked, track, said)
    return Finding(
        id=finding_id(FindingKind.TRACK, own),
        kind=FindingKind.TRACK,
        claims=tuple(each.id for each in own),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=join(
            [
                say("{statement}.", statement=said.words),
                _tell_positions(len(outcomes), inside, outside, where=said.where, by=by),
                *straight,
                way.told,
            ]
        ),
        by_source=shown,
        evidence={
            "inside": inside,
            "outside": outside,
            "positions": len(outcomes),
            **straight_evidence,
            **way.evidence,
        },
        missing=() if way.known else (say("the way between the published positions"),),
    )


def _tell_positions(count: int, inside: int, outside: int, *, where: str, by: tuple[str, str] | None) -> Text:
    """Tell how many of the published positions lie where."""
    published = say_many("The position published", "The {count} positions published", count)
    if by is not None:
        published = say_many(
            "The position published by {party} ({claim})",
            "The {count} positions published by {party} ({claim})",
            count,
            party=by[0],
            claim=by[1],
        )
    places = {"inside": inside, "outside": outside, "open": count - inside - outside}
    whole = next((place for place, lying in places.items() if lying == count), None)
    if whole is not None:
        template = _ALL[whole][min(count, 3) - 1]
        return say(template, positions=published, territory=where)
    found = listed([_lying(place, lying, where) for place, lying in places.items() if lying])
    if by is None:
        return say_many(
            "Of the {count} position published, {places}.",
            "Of the {count} positions published, {places}.",
            count,
            places=found,
        )
    return say_many(
        "Of the {count} position published by {party} ({claim}), {places}.",
        "Of the {count} positions published by {party} ({claim}), {places}.",
        count,
        party=by[0],
        claim=by[1],
        places=found,
    )


def _lying(place: str, count: int, where: str) -> Text:
    if place == "inside":
        return say_many("{count} is in {territory}", "{count} are in {territory}", count, territory=where)
    if place == "outside":
        return say_many("{count} is on the other side", "{count} are on the other side", count)
    return say_many("{count} is too near to tell", "{count} are too near to tell", count)


_ALL: Final = {
    "inside": (
        later("{positions} is in {territory}."),
        later("{positions} are both in {territory}."),
        later("{positions} are all in {territory}."),
    ),
    "outside": (
        later("{positions} is on the other side."),
        later("{positions} are both on the other side."),
        later("{positions} are all on the other side."),
    ),
    "open": (
        later("{positions} is too near to tell."),
        later("{positions} are both too near to tell."),
        later("{positions} are all too near to tell."),
    ),
}
"""Where one position lies, two, or more."""


def _left_out(
    context: Context,
    asked: Asked,
    claim: TrackClaim,
    track: TrackClaim,
    judged: Sequence[Mapping[str, SourceOutcome]],
    said: _Said,
    source: str,
) -> Outcome:
    """The outcome without one source."""
    rest = [_without(each, source) for each in judged]
    shut = _tell_way(context, asked, claim, track, rest, said).known
    return said.whole_track([decide(each) for each in rest], shut=shut)


def _tell_straight(context: Context, asked: Asked, track: TrackClaim, said: _Said) -> tuple[list[Text], dict[str, Any]]:
    """Tell how much of the straight way from position to position lies on the other side of what is said."""
    if len(track.positions) < 2:
        return [], {}
    border = context.borders[asked.border]
    edges = asked.edges or context.edges
    legs = legs_through(*np.array([[reading.lon_deg, reading.lat_deg] for reading in track.positions]).T)
    place = Place.FIRST if said.territory == border.pair[0] else Place.SECOND
    found = {}
    for name in border:
        if border[border[name].source.lineage].source.id == name:
            way = straight_way(border[name], legs, edges=edges)
            crossings = [change for change in way.changes() if place in (change.before, change.after)]
            inside_m = way.lengths_m()[place]
            told_m = math.fsum(legs.length_m) - inside_m if said.stayed else inside_m
            found[name] = {"crossings": len(crossings), "length_m": told_m}
    evidence = {"straight_way_outside" if said.stayed else "straight_way_inside": found}
    least, greatest = (pick(each["length_m"] for each in found.values()) for pick in (min, max))
    if greatest < TOLD_M:
        return [], evidence
    words = {"length": format_interval(Interval(max(0.0, least), greatest)), "territory": said.where}
    if said.stayed:
        told = say(
            "If the way between them was straight, which is an assumption, {length} of it lay outside {territory}.",
            **words,
        )
    else:
        told = say(
            "If the way between them was straight, which is an assumption, {length} of it lay in {territory}.", **words
        )
    return [told], evidence


def _without(judged: Mapping[str, SourceOutcome], source: str) -> dict[str, SourceOutcome]:
    return {name: each for name, each in judged.items() if name != source}


@dataclass(frozen=True, slots=True)
class _Way:
    """What can be told of the way between the positions."""

    told: Text
    evidence: Mapping[str, Any]
    known: bool


def _tell_way(
    context: Context,
    asked: Asked,
    claim: TrackClaim,
    track: TrackClaim,
    judged: Sequence[Mapping[str, SourceOutcome]],
    said: _Said,
) -> _Way:
    """Tell between which positions the aircraft had the time to reach the border and come back.

    All positions must lie on the side on which nothing but the way between them can tell.
    """
    nothing = _Way(say("Nothing is known of the way between positions."), {}, known=False)
    legs = legs_of(track)
    speed = claim.speed or track.speed
    outcomes = [decide(each) for each in judged]
    one_side = len(outcomes) > 1 and set(outcomes) == {said.apart}
    if speed is None or not legs.times or not speed.interval.bounded or not one_side:
        return nothing
    flown_m = [speed.interval.high * elapsed_s(a, b).high for a, b in pairwise(legs.times)]
    if any(flown < way.low for flown, way in zip(flown_m, legs.ways, strict=True)):
        told = say(
            "The stated speed of {speed} is less than the printed positions and times ask for, so that nothing follows "
            "from it for the way between them.",
            speed=speed.text.strip(),
        )
        return _Way(told, {"flown_at_most_m": flown_m}, known=False)
    rooms = _rooms_m(context, asked, track, judged, flown_m, said.territory)
    if rooms is None:
        return nothing
    margins_m = [min(room) for room in rooms]
    reached = [index + 1 for index, (border_m, _) in enumerate(rooms) if border_m <= 0]
    elsewhere = [index + 1 for index, (border_m, other_m) in enumerate(rooms) if other_m <= 0 < border_m]
    evidence = {
        "flown_at_most_m": flown_m,
        "short_of_the_border_m": margins_m,
        "border_within_reach_after_position": reached,
        "other_rim_within_reach_after_position": elsewhere,
    }
    if not reached and not elsewhere:
        return _Way(
            say(
                "At the stated speed of {speed} the printed times leave no way to the border and back between any two "
                "of them: it would be too long by at least {distance}.",
                speed=speed.text.strip(),
                distance=format_distance(min(margins_m)),
            ),
            evidence,
            known=True,
        )
    return _Way(_tell_reached(reached, elsewhere, speed.text.strip(), len(outcomes), said), evidence, known=False)


def _tell_reached(reached: Sequence[int], elsewhere: Sequence[int], speed: str, total: int, said: _Said) -> Text:
    """Tell after which positions the border was within reach, and after which only another end of the territory."""
    told = []
    if reached:
        told.append(
            say_many(
                "At the stated speed of {speed} the border was within reach after position {positions} of {total}; "
                "whether the aircraft went there is not known.",
                "At the stated speed of {speed} the border was within reach after positions {positions} of {total}; "
                "whether the aircraft went there is not known.",
                len(reached),
                speed=speed,
                positions=listed([number(each) for each in reached]),
                total=number(total),
            )
        )
    if elsewhere:
        told.append(
            say_many(
                "At the stated speed of {speed} this border was out of reach after position {positions} of {total}, "
                "but another border of {territory}, or the limit of the data, was within reach; whether the aircraft "
                "went there is not known.",
                "At the stated speed of {speed} this border was out of reach after positions {positions} of {total}, "
                "but another border of {territory}, or the limit of the data, was within reach; whether the aircraft "
                "went there is not known.",
                len(elsewhere),
                speed=speed,
                positions=listed([number(each) for each in elsewhere]),
                total=number(total),
                territory=said.where,
            )
        )
    return join(told)


def _rooms_m(
    context: Context,
    asked: Asked,
    track: TrackClaim,
    judged: Sequence[Mapping[str, SourceOutcome]],
    flown_m: Sequence[float],
    territory: str,
) -> list[tuple[float, float]] | None:
    """By how much the shortest way by the border is too long, from each position to the next; and by any other rim.

    The least over all sources that vote at both ends, each line taken to lie as much nearer as its uncertainty allows;
    None where no source votes at both ends of a leg. A way over the other rims of the territory leads out of it, or in,
    just as well, and nothing is known beyond the rim of what a source holds.
    """
    border = context.borders[asked.border]
    places_deg = np.array([[reading.lon_deg, reading.lat_deg] for reading in track.positions])
    cells_m = [cell_radius_m(reading) for reading in track.positions]
    rooms_m = np.full((2, len(flown_m)), math.inf)
    for name in judged[0]:
        ends = [each[name] for each in judged]
        legs = [n for n, (a, b) in enumerate(pairwise(ends)) if a.votes and b.votes]
        if not legs:
            continue
        off_m = [
            2 * max(a.uncertainty_m or 0.0, b.uncertainty_m or 0.0) + cell_a + cell_b
            for (a, b), (cell_a, cell_b) in zip(pairwise(ends), pairwise(cells_m), strict=True)
        ]
        edges = asked.edges or context.edges
        source = border[name]
        rims = (source.polyline(edges), 0), (outer_rim(source, territory, edges), 1), (window_rim(source), 1)
        for line, kind in rims:
            if line is not None:
                by_line_m = least_detours_m(line, places_deg[:-1][legs], places_deg[1:][legs])
                room_m = by_line_m - np.array(off_m)[legs] - np.array(flown_m)[legs]
                rooms_m[kind, legs] = np.minimum(rooms_m[kind, legs], room_m)
    # Without any other rim there is no other way: only the border's own room must be known.
    return (
        [(float(border_m), float(other_m)) for border_m, other_m in rooms_m.T]
        if np.isfinite(rooms_m[0]).all()
        else None
    )
