from __future__ import annotations

import json
from typing import Any

import pytest

from connectors.fhir.bundle import (
    MAX_ENTRIES,
    MAX_ITEMS,
    MAX_REASONS,
    bounded,
    left_out,
    unreadable_reasons,
)
from connectors.hospital.wire import APPOINTMENTS, WireAppointment, WireLocation
from connectors.http import SourceFailure
from domain.source.section import Reason, ReasonCode


def an_entry(mode: str = "match", **changes: Any) -> dict[str, Any]:
    known = {"resourceType": "Appointment", "id": "ahi1", "status": "booked"}
    return {"search": {"mode": mode}, "resource": known | changes}


def a_bundle(*entries: Any, **changes: Any) -> bytes:
    known = {"resourceType": "Bundle", "type": "searchset", "entry": entries}
    return json.dumps(known | changes).encode()


def paths_in(*entries: Any) -> list[str]:
    return [entry.path for entry in APPOINTMENTS.read(a_bundle(*entries)).unreadable]


def test_a_wrong_entry_is_told_with_its_path_and_costs_no_other() -> None:
    bundle = APPOINTMENTS.read(
        a_bundle(an_entry(), an_entry(start="soon"), an_entry(id=7), 5, an_entry())
    )
    assert [entry.path for entry in bundle.of(WireAppointment)] == [
        "entry[0].resource",
        "entry[4].resource",
    ]
    assert [entry.path for entry in bundle.unreadable] == [
        "entry[1].resource.start",
        "entry[2].resource.id",
        "entry[3]",
    ]


def test_a_missing_field_is_named() -> None:
    entry = an_entry()
    del entry["resource"]["status"]
    assert paths_in(entry) == ["entry[0].resource.status"]


def test_a_wrong_value_in_a_list_has_its_index() -> None:
    entry = an_entry(participant=[{"actor": {}}, {"actor": {"reference": 1}}])
    assert paths_in(entry) == ["entry[0].resource.participant[1].actor.reference"]


def test_unknown_fields_are_tolerated() -> None:
    assert paths_in(an_entry(tilfeldigFelt={"a": [1]})) == []


def test_an_included_type_that_is_not_read_is_passed_over_a_match_never() -> None:
    strange = {"resourceType": "Apointment"}
    assert paths_in(an_entry("include", **strange)) == []
    assert paths_in(an_entry("match", **strange)) == ["entry[0].resource.resourceType"]


def test_entries_are_found_by_kind() -> None:
    place = an_entry("include", resourceType="Location", id="bor1", name="Inngang C")
    bundle = APPOINTMENTS.read(a_bundle(an_entry(), place))
    assert [entry.resource.name for entry in bundle.of(WireLocation)] == ["Inngang C"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b"{}",
        a_bundle(type="document"),
        a_bundle(resourceType="Patient"),
        a_bundle(entry=None),
        a_bundle(total="3"),
        a_bundle(*[{}] * (MAX_ENTRIES + 1)),
        b'{"resourceType": "Bundle", "type": "searchset"}',
    ],
    ids=lambda body: body[:30].decode(),
)
def test_what_is_no_such_bundle_is_an_invalid_answer(body: bytes) -> None:
    with pytest.raises(SourceFailure, match="SOURCE_INVALID_ANSWER"):
        APPOINTMENTS.read(body)


def test_an_empty_search_says_that_there_is_nothing() -> None:
    bundle = APPOINTMENTS.read(b'{"resourceType": "Bundle", "type": "searchset", "total": 0}')
    assert bundle.entries == []
    assert left_out(bundle, 0) == []


def test_more_than_was_sent_is_told() -> None:
    truncated = ReasonCode.TRUNCATED
    assert left_out(APPOINTMENTS.read(a_bundle(total=3)), 1) == [Reason(code=truncated, count=2)]
    next_page = [{"relation": "next", "url": "…"}]
    assert left_out(APPOINTMENTS.read(a_bundle(link=next_page)), 0) == [Reason(code=truncated)]


def test_reasons_are_bounded_and_the_rest_counted() -> None:
    reasons = unreadable_reasons([f"entry[{i}]" for i in range(MAX_REASONS + 7)])
    assert len(reasons) == MAX_REASONS + 1
    assert sum(reason.count or 0 for reason in reasons) == MAX_REASONS + 7


def test_items_are_bounded_and_the_cut_is_told() -> None:
    items, reasons = bounded(range(MAX_ITEMS + 3))
    assert len(items) == MAX_ITEMS
    assert reasons == [Reason(code=ReasonCode.TRUNCATED, count=3)]
    assert bounded(range(MAX_ITEMS))[1] == []
