"""The whole graph, asked for by those with whom only pieces of a part are shared."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_required_argument,
)

from domain.access.viewer import Viewer
from domain.plan.sharing import RecipientKind, RecipientSetting, ShareScope
from resolvers.opening import Openings
from resolvers.writing import sharing
from schema import schema
from tests.builders import a_clinician
from tests.writing.clinic import Clinic
from tests.writing.shares import ASSISTANT, BERIT, SCHOOL, shared

GRAPH: Any = schema._schema
NURSE = a_clinician(subject="s-9", hpr_number="1112223", organisation="999000176")

# What they may know. A field that is new in the graph is refused to them, or argued for here.
SHOWN = {
    # Of reports, only those they have sent themselves; of notices, what they are told themselves.
    "Patient": {"id", "name", "givenName", "familyName", "access", "plan", "reports", "notices"},
    "Notice": {"id", "kind", "sentence", "at", "by", "subjectId", "isRead", "reason", "group"},
    "Plan": {"id", "parts", "patient"},
    "PlanPart": {
        *("id", "kind", "lifecycle", "scopes", "version", "contentVersion", "content", "updatedAt"),
        "reports",
    },
    "PlanContent": {"title", "selfCare"},
    "SelfCare": {"zones", "emergencyText", "receiver"},
}
SECTIONS = {"medications", "criticalInfo", "appointments", "careTeam", "documents"}


def _all_of(kind: Any, above: tuple[str, ...] = ()) -> str:
    """Return a selection of every field there is, down to where types repeat."""
    chosen = ["__typename"]
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        if not isinstance(inner, GraphQLObjectType | GraphQLInterfaceType):
            chosen.append(name if not hasattr(inner, "types") else f"{name} {{ __typename }}")
        elif inner.name not in above and len(above) < 6:
            chosen.append(f"{name} {{ {_all_of(inner, (*above, inner.name))} }}")
    return " ".join(chosen)


QUERY = f"{{ {_all_of(GRAPH.type_map['Patient'], ('Patient',))} }}"


async def _ask(clinic: Clinic, viewer: Viewer, asked: str = QUERY) -> tuple[Any, list[Any]]:
    query = f"query ($id: ID!) {{ patient(id: $id) {asked} }}"
    ctx = clinic.context(viewer)
    result = await schema.execute(
        query, variable_values={"id": clinic.patient_id}, context_value=ctx
    )
    await ctx.close()
    return result.data["patient"] if result.data else None, result.errors or []


def _told(value: Any) -> list[tuple[str, str]]:
    """Return every field that says something, with its type."""
    if isinstance(value, list):
        return [each for item in value for each in _told(item)]
    if not isinstance(value, dict):
        return []
    kind = value["__typename"]
    told = [
        (kind, n) for n, inner in value.items() if n != "__typename" and inner not in (None, [])
    ]
    return told + [each for inner in value.values() for each in _told(inner)]


async def _school(clinic: Clinic, part_id: str) -> Viewer:
    share = await shared(clinic, part_id, **SCHOOL | {"scopes": (ShareScope.ZONE_SHEET,)})
    made = await clinic.do(clinic.kari, sharing.MAKE_CODE, share_id=share.id)
    openings = Openings(clinic.store, lambda: clinic.now)
    opened = await openings.exchange(made.shown_once or "", clinic.patient_id, "e-1")
    viewer = await openings.viewer(opened.access_token)
    assert viewer is not None
    return viewer


async def _assistant(clinic: Clinic, part_id: str) -> Viewer:
    await shared(clinic, part_id, **ASSISTANT | {"scopes": (ShareScope.ZONE_SHEET,)})
    return BERIT


async def _school_nurse(clinic: Clinic, part_id: str) -> Viewer:
    nurse = {
        "recipient": "Skolehelsetjenesten",
        "kind": RecipientKind.TEAM,
        "setting": RecipientSetting.HEALTH,
        "scopes": (ShareScope.ZONE_SHEET,),
        "organisation_number": "999000176",
    }
    await shared(clinic, part_id, **nurse)
    return NURSE


@pytest.mark.parametrize("who", [_school, _assistant, _school_nurse])
async def test_whatever_recipients_ask_they_see_the_pieces_and_nothing_else(
    clinic: Clinic, who: Any
) -> None:
    viewer = await who(clinic, await clinic.active())
    patient, errors = await _ask(clinic, viewer)
    told: dict[str, set[str]] = {}
    for kind, name in _told(patient):
        told.setdefault(kind, set()).add(name)
    told["Patient"] -= SECTIONS
    assert {kind: told[kind] - SHOWN[kind] for kind in SHOWN} == {kind: set() for kind in SHOWN}
    assert told["SelfCare"] == SHOWN["SelfCare"]
    for section in SECTIONS:
        assert (patient[section]["state"], patient[section]["items"]) == ("WITHHELD", None)
    reasons = {getattr(error.original_error, "reason", None) for error in errors}
    assert reasons <= {"NOT_SHARED", "ROLE", "PATIENT_ONLY"}
    assert "NOT_SHARED" in reasons


async def test_a_parent_is_refused_none_of_it(clinic: Clinic) -> None:
    await clinic.active()
    asked = """{ birthDate age identityNumbers { value } plan { parts {
      scopes approval { state } responsible { name } changeComment sharing { state }
    } } }"""
    patient, errors = await _ask(clinic, clinic.kari, asked)
    assert errors == []
    [part] = patient["plan"]["parts"]
    assert part["scopes"] == ["WHOLE_PART"]
    assert part["responsible"] == {"name": "Ingrid Haugen"}
    assert None not in patient.values()


@pytest.mark.parametrize("kind", ["Patient", "Plan", "PlanPart"])
def test_the_query_asks_for_every_field(kind: str) -> None:
    asked_alone = {"patient", "series"}
    assert set(GRAPH.type_map[kind].fields) - asked_alone <= set(QUERY.split())


async def test_recipients_are_not_given_series(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **ASSISTANT)
    period = 'since: "2026-11-01T00:00:00Z", until: "2026-11-20T00:00:00Z"'
    asked = f"{{ series(observable: PEAK_FLOW, {period}) {{ unit }} }}"
    patient, errors = await _ask(clinic, BERIT, asked)
    assert (patient or {}).get("series") is None
    assert [error.original_error.reason for error in errors] == ["NOT_SHARED"]
