"""The rows of one patient, one small function a table: a new table is a function and a line below.

Columns that are not named keep their defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bench.scale.one import NOW, One
from store.tables import (
    AgreementRow,
    CareTeamMemberRow,
    CommentRow,
    ConsentRow,
    DraftRow,
    DraftVersionRow,
    EventRow,
    HandoverRow,
    IdentityNumberRow,
    MeasurementRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ReportRow,
    RepresentationRow,
    Row,
    ShareRow,
    SuggestionRow,
    WorklistEntryRow,
)

Record = tuple[Any, ...]
STORIES = Path(__file__).resolve().parents[2] / "local" / "stories"
AUTHOR = '{"name":"Ingrid Haugen","role":"Sykepleier","organisation":"Barneavdelingen"}'
_LONG_AGO = NOW - timedelta(days=900)
_REVIEW = date(2027, 3, 1)
_APPROVED = '{"state":"APPROVED","by":"Omar Rashid"}'
_REQUESTED = '{"state":"REQUESTED","by":"Ingrid Haugen"}'
_NOT_APPROVED = '{"state":"NONE"}'


class Table(NamedTuple):
    """A table, the columns that are given, and the function that makes a patient's rows."""

    row: type[Row]
    columns: str
    records: Callable[[One], Iterator[Record]]


@cache
def _contents() -> list[str]:
    """Return what plans say: the documents of the stories, as they are written there."""
    told = (msgspec.json.decode(path.read_bytes(), type=_Story) for path in _stories())
    return [msgspec.json.format(bytes(story.content), indent=-1).decode() for story in told]


def _stories() -> list[Path]:
    return sorted(STORIES.glob("*.json"))


class _Story(msgspec.Struct):
    content: msgspec.Raw


def _patients(one: One) -> Iterator[Record]:
    born = date(2016, 3, 1) if one.shape.is_child else date(1961, 3, 1)
    yield one.key, f"Navn{one.ordinal}", "Syntetisk", born, "FEMALE", one.shape.events


def _identity_numbers(one: One) -> Iterator[Record]:
    yield one.key, one.number, "NATIONAL", None
    if one.shape.had_number:
        yield one.key, f"7{one.ordinal:010}", "TEMPORARY", date(2020, 1, 1)


def _representations(one: One) -> Iterator[Record]:
    if one.shape.is_child:
        for order, number in enumerate((one.parent_number, f"6{one.ordinal:010}")):
            yield (
                one.key,
                one.id("parent", order),
                "PARENT",
                number,
                "Forelder Syntetisk",
                "Folkeregisteret: foreldreansvar",
                _LONG_AGO,
            )


def _care_team_members(one: One) -> Iterator[Record]:
    for order, organisation in enumerate(one.organisations):
        name, place = "Ingrid Haugen", "Enhet for oppfølging"
        yield one.key, one.id("member", order), name, "SP", [], place, organisation, _LONG_AGO


def _handovers(one: One) -> Iterator[Record]:
    region, ward, _ = one.organisations
    for order in range(one.shape.handovers):
        yield (
            *(one.key, one.id("handover", order), 2, "ACCEPTED", [], ward, region, "Utskriving"),
            *("[]", AUTHOR, _LONG_AGO, _LONG_AGO + timedelta(days=2), []),
        )


def _consents(one: One) -> Iterator[Record]:
    given = '{"at":"2024-06-01T12:00:00Z","by":"Forelder Syntetisk","giver":"PARENT"}'
    yield one.key, one.id("consent"), "HAVE_PLAN", 1, given


def _plans(one: One) -> Iterator[Record]:
    yield one.key, one.id("plan")


def _plan_parts(one: One) -> Iterator[Record]:
    for _, key, part in one.parts:
        yield (
            *(one.key, key, one.id("plan"), part.kind, part.lifecycle, part.versions + 1),
            *(part.versions, AUTHOR, _REVIEW, one.changed_at, AUTHOR),
        )


def _plan_versions(one: One) -> Iterator[Record]:
    for order, key, part in one.parts:
        for number in range(1, part.versions + 1):
            is_newest = number == part.versions
            approval = _REQUESTED if is_newest and part.is_requested else _APPROVED
            yield (
                *(one.key, key, number, number + 1, _content(one, order, number)),
                *("Skrevet sammen med pasienten", AUTHOR, _LONG_AGO, approval),
            )


def _drafts(one: One) -> Iterator[Record]:
    for order, key, part in one.parts:
        for nth in range(part.drafts):
            draft = one.draft(order, nth)
            yield (
                *(one.key, draft, key, "OPEN", 1, 1, part.versions, AUTHOR, _REVIEW),
                *(one.changed_at, one.changed_at, AUTHOR),
            )


def _draft_versions(one: One) -> Iterator[Record]:
    for order, _, part in one.parts:
        for nth in range(part.drafts):
            yield (
                *(one.key, one.draft(order, nth), 1, 1, _content(one, order, 0), "Utkast"),
                *(AUTHOR, one.changed_at, _NOT_APPROVED),
            )


def _agreements(one: One) -> Iterator[Record]:
    for order, key, part in one.parts:
        for nth in range(part.agreements):
            agreement = one.id("agreement", order, nth)
            yield one.key, agreement, key, "Kari", "Forelder", "AGREES", part.versions, _LONG_AGO


def _comments(one: One) -> Iterator[Record]:
    for order, key, part in one.parts:
        for nth in range(part.comments):
            yield (
                *(one.key, one.id("comment", order, nth), key, "Skal vi ta dette på neste møte?"),
                *(AUTHOR, "EVERYONE", "OPEN" if nth else "ANSWERED", 1),
                NOW - timedelta(days=nth + 1),
            )


def _suggestions(one: One) -> Iterator[Record]:
    for order, key, part in one.parts:
        for nth in range(part.suggestions):
            yield (
                *(one.key, one.id("suggestion", order, nth), key, "ADD", "GOALS", "Sove godt"),
                *("Det er viktig for meg", part.versions, AUTHOR, _LONG_AGO, "OPEN", 1),
            )


def _shares(one: One) -> Iterator[Record]:
    for order, key, part in one.parts:
        for nth in range(part.shares):
            yield (
                *(one.key, one.id("share", order, nth), key, "Nordlys Hjemmemåling AS"),
                *("ORGANISATION", "HEALTH", ["WHOLE_PART"], "999000900", "Pasienten", _LONG_AGO, 1),
            )


def _reports(one: One) -> Iterator[Record]:
    for nth in range(one.measurements):
        at = NOW - timedelta(days=nth)
        yield one.key, one.id("report", nth), "SELF", "Pasienten", "test", at, at, at, "[]"


def _measurements(one: One) -> Iterator[Record]:
    for nth in range(one.measurements):
        at, value = NOW - timedelta(days=nth), 200.0 + nth % 150
        yield (
            *(one.key, "PEAK_FLOW", at, one.id("measurement", nth), one.id("report", nth)),
            *(value, "L/min", True, "SELF"),
        )


def _events(one: One) -> Iterator[Record]:
    subject = f"prt_{one.part(0)}"
    for number in range(1, one.shape.events + 1):
        yield one.key, number, one.id("event", number), "PART_REVISED", subject, number, _LONG_AGO


def _worklist_entries(one: One) -> Iterator[Record]:
    used = [part for part in one.shape.parts if part.lifecycle != "COMPLETED"]
    kinds = sorted(part.kind for part in used)
    is_requested = any(part.is_requested for part in used)
    waiting = sum(max(part.comments - 1, 0) for part in one.shape.parts)
    suggested = sum(part.suggestions for part in one.shape.parts)
    for organisation in one.organisations:
        yield (
            *(organisation, one.key, one.changed_at, kinds, is_requested, waiting, suggested),
            *(_REVIEW if used else None, 0, 0),
        )


def _content(one: One, part: int, version: int) -> str:
    told = _contents()
    return told[(one.ordinal % 1000 + part * 7 + version) % len(told)]


TABLES = (
    Table(PatientRow, "id given_name family_name birth_date gender event_count", _patients),
    Table(IdentityNumberRow, "patient_id value kind valid_to", _identity_numbers),
    Table(
        RepresentationRow,
        "patient_id id kind representative_number representative_name origin since",
        _representations,
    ),
    Table(
        CareTeamMemberRow,
        "patient_id id name role_code functions organisation_name organisation_number since",
        _care_team_members,
    ),
    Table(
        HandoverRow,
        "patient_id id version state part_ids from_organisation to_organisation reason"
        " open_actions opened_by opened_at decided_at left_out",
        _handovers,
    ),
    Table(ConsentRow, "patient_id id kind version given", _consents),
    Table(PlanRow, "patient_id id", _plans),
    Table(
        PlanPartRow,
        "patient_id id plan_id kind lifecycle version content_version responsible review_due"
        " updated_at updated_by",
        _plan_parts,
    ),
    Table(
        PlanVersionRow,
        "patient_id part_id number head_version content change_comment author created_at approval",
        _plan_versions,
    ),
    Table(
        DraftRow,
        "patient_id id part_id state version content_version based_on author review_due"
        " created_at updated_at updated_by",
        _drafts,
    ),
    Table(
        DraftVersionRow,
        "patient_id draft_id number head_version content change_comment author created_at approval",
        _draft_versions,
    ),
    Table(
        AgreementRow,
        "patient_id id part_id person relation state content_version at",
        _agreements,
    ),
    Table(
        CommentRow,
        "patient_id id part_id text author visibility status version created_at",
        _comments,
    ),
    Table(
        SuggestionRow,
        "patient_id id part_id kind section text why content_version author created_at state"
        " version",
        _suggestions,
    ),
    Table(
        ShareRow,
        "patient_id id part_id recipient kind setting scopes organisation_number shared_by since"
        " version",
        _shares,
    ),
    Table(
        ReportRow,
        "patient_id id source author author_id received_at happened_at stands_since signs",
        _reports,
    ),
    Table(
        MeasurementRow,
        "patient_id observable measured_at id report_id value unit is_possible source",
        _measurements,
    ),
    Table(EventRow, "patient_id number id kind subject_id version at", _events),
    Table(
        WorklistEntryRow,
        "organisation patient_id changed_at kinds approval_requested open_comments"
        " open_suggestions review_due unseen_reds unseen_yellows",
        _worklist_entries,
    ),
)
