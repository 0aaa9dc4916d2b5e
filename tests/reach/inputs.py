"""Inputs made up from the schema, so that a new mutation is tried without anybody's doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)

from domain import ids
from domain.access.rule import RuleKind
from tests.reach import graph

# What each name of an id is the id of: a prefix, or a kind of rule.
NAMED: Mapping[str, str] = {
    "patientId": ids.PATIENT,
    "toPatientId": ids.PATIENT,
    "partId": ids.PART,
    "partIds": ids.PART,
    "draftId": ids.DRAFT,
    "documentId": ids.DRAFT,
    "shareId": ids.SHARE,
    "commentId": ids.COMMENT,
    "suggestionId": ids.SUGGESTION,
    "handoverId": ids.HANDOVER,
    "memberId": ids.MEMBER,
    "taskId": ids.TASK,
    "reportId": ids.REPORT,
    "measurementId": ids.MEASUREMENT,
    "consentId": ids.CONSENT,
    "reservationId": ids.RESERVATION,
    "requestId": ids.CORRECTION,
    "questionId": ids.LOG_QUESTION,
    "noticeIds": ids.NOTICE,
    "entryId": ids.LOG_LINE,
    "representationId": ids.REPRESENTATION,
    "restrictionId": RuleKind.RESTRICTION.name,
    "blockId": RuleKind.BLOCK.name,
}
# Several kinds of rules are ended by an id of one name; which is meant, the mutation says.
RULES: Mapping[str, RuleKind] = {
    "closeOpenedAccess": RuleKind.OPENED,
    "reviewEmergencyAccess": RuleKind.EMERGENCY,
    "stopHiding": RuleKind.HIDDEN_FROM_PARENTS,
    "endRefusal": RuleKind.OWN_ACCESS_REFUSED,
    "endDecision": RuleKind.KEPT_BY_PARENTS,
    "withdrawOwnAccess": RuleKind.OWN_ACCESS,
    "endIncapacity": RuleKind.WITHOUT_CAPACITY,
    "endCareTakenOver": RuleKind.CARE_TAKEN_OVER,
}
# Ids that name nothing outside the document that they stand in, and a template, which is no
# patient's: they are left out.
WITHIN = frozenset({"lineId", "actionId", "deviceId", "templateId"})

NO_VERSION = 999  # that nothing has: what is let in, changes nothing

_TEXTS: Mapping[str, Any] = {
    "organisationNumber": "999000118",
    "toOrganisation": "999000118",
    "fromOrganisation": "974795515",
    "hprNumber": "7209932",
    "municipalityNumber": "0301",
    "reviewDue": "2026-12-24",
}
_OF: Mapping[str, Mapping[str, Any]] = {
    "suggestChange": {"text": "Gå tur", "kind": "ADD", "section": "ACTIONS"},
    "sendReport": {"note": "Hoster"},
    "correctEntry": {"note": "Hoster ikke", "measurementId": None},
    "decideForYouth": {"rights": ["READ_MEDICINES"]},
    "registerRepresentation": {"kind": "POWER_OF_ATTORNEY", "areas": ["PLAN"]},
}
_OF_TYPE: Mapping[str, Any] = {
    "String": "Slik er det",
    "Int": 1,
    "Float": 1.0,
    "Boolean": False,
    "Date": "2026-11-24",
    "DateTime": "2026-11-22T11:00:00Z",
    "IdentityNumber": "03868130139",
}


def named(mutation: str) -> dict[str, str]:
    """Return what each id of a mutation's input is the id of; KeyError where nobody has said."""
    found = {}
    for name in graph.writes()[mutation]:
        if name in ("accessId", "ruleId"):
            found[name] = RULES[mutation].name
        elif name not in WITHIN:
            found[name] = NAMED[name]
    return found


def made_up(
    mutation: str, things: Mapping[str, str], version: int = NO_VERSION, **instead: str
) -> dict[str, Any]:
    """Return a whole input: with the ids there are, but for those given `instead`."""
    of = graph.input_of(mutation)
    known = {"expectedVersion": version, **_TEXTS, **_OF.get(mutation, {})}
    for name, kind in named(mutation).items():
        id = instead.get(name, things[kind])
        known.setdefault(name, [id] if name.endswith("Ids") else id)
    return _input(of, known)


def _input(of: GraphQLInputObjectType, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return an input with what it must have, and what is known of the rest."""
    return {
        name: str(uuid4()) if name == "idempotencyKey" else _value(name, field.type, known)
        for name, field in of.fields.items()
        if is_required_input_field(field) or name in known
    }


def _value(name: str, of: GraphQLInputType, known: Mapping[str, Any]) -> Any:
    if name in known:
        return known[name]
    if isinstance(of, GraphQLNonNull):
        return _value(name, of.of_type, known)
    if isinstance(of, GraphQLList):
        return [_value(name, of.of_type, known)]
    if isinstance(of, GraphQLInputObjectType):
        return _input(of, known)
    if isinstance(of, GraphQLEnumType):
        return next(iter(of.values))
    return "1" if graph.is_id(of) else _OF_TYPE[get_named_type(of).name]
