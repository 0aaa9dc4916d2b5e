from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_non_null_type,
)
from strawberry.utils.str_converters import to_camel_case

import domain.access.explanation
import domain.access.patient
import domain.access.rule
import domain.access.viewer
import domain.coding
import domain.content.contact
import domain.content.goal
import domain.content.problem
import domain.content.zone
import domain.cooperation.comment
import domain.cooperation.notice
import domain.cooperation.shift
import domain.cooperation.task
import domain.cooperation.worklist
import domain.following.entry
import domain.following.report
import domain.following.series
import domain.following.urgent
import domain.keeping.correction
import domain.plan.approval
import domain.plan.care_team
import domain.plan.part
import domain.plan.sharing
import domain.plan.version
import domain.source.appointment
import domain.source.critical_info
import domain.source.document
import domain.source.medication
import domain.source.section
import domain.written
import resolvers.explanation
import resolvers.page
from domain.noun import Noun
from domain.wording.log_words import THINGS, UNSAID
from resolvers.source import Fetch
from schema import schema
from schema.field import FETCH

GRAPH = typing.cast("GraphQLSchema", schema._schema)
TWINS = {
    "AccessExplanation": domain.access.explanation.Explanation,
    "ExplainedAccess": resolvers.explanation.Explained,
    "WorklistConnection": resolvers.page.Page,
    "PageInfo": resolvers.page.Page,
    "ShiftTaskConnection": resolvers.page.Page,
    "ShiftTaskEdge": domain.cooperation.task.ShiftTask,
    "ShiftChangeConnection": resolvers.page.Page,
    "ShiftChangeEdge": domain.cooperation.shift.ShiftChange,
    "UrgentReportConnection": resolvers.page.Page,
    "UrgentReportEdge": domain.following.urgent.UrgentReport,
    "NoticeConnection": resolvers.page.Page,
    "NoticeEdge": domain.cooperation.notice.Notice,
    "PatientNoticeConnection": resolvers.page.Page,
    "PatientNoticeEdge": domain.cooperation.notice.Notice,
    "NoticesChosenPayload": domain.written.NoticesChosen,
    "NoticesReadPayload": domain.written.NoticesRead,
    "WorklistEdge": domain.cooperation.worklist.WorklistEntry,
    "TeamMember": domain.plan.care_team.TeamMember,
    "ContentVersion": domain.plan.version.PlanVersion,
    "PartPayload": domain.written.PartWritten,
    "DraftPayload": domain.written.DraftWritten,
    "ApprovalPayload": domain.written.ApprovalWritten,
    "SharePayload": domain.written.ShareWritten,
    "ShareCodePayload": domain.written.ShareCodeWritten,
    "CommentPayload": domain.written.CommentWritten,
    "SuggestionPayload": domain.written.SuggestionWritten,
    "HandoverPayload": domain.written.HandoverWritten,
    "TeamPayload": domain.written.TeamWritten,
    "ReviewPayload": domain.written.ReviewWritten,
    "TaskPayload": domain.written.TaskWritten,
    "ConsentPayload": domain.written.ConsentWritten,
    "ReservationPayload": domain.written.ReservationWritten,
    "CorrectionPayload": domain.written.CorrectionWritten,
    "RulePayload": domain.written.RuleWritten,
    "RepresentationPayload": domain.written.RepresentationWritten,
    "LogConnection": resolvers.page.Page,
    "AccessReport": resolvers.page.Page,
    "LogQuestionConnection": resolvers.page.Page,
    "LogQuestionPayload": domain.written.LogQuestionWritten,
    "Restriction": domain.access.rule.AccessRule,
    "Block": domain.access.rule.AccessRule,
    "OpenedAccess": domain.access.rule.AccessRule,
    "Emergency": domain.access.rule.AccessRule,
    "EmergencyEdge": domain.access.rule.AccessRule,
    "EmergencyConnection": resolvers.page.Page,
    "RestrictionPayload": domain.written.RestrictionWritten,
    "BlockPayload": domain.written.BlockWritten,
    "OpenedAccessPayload": domain.written.AccessOpened,
    "EmergencyPayload": domain.written.EmergencyOpened,
    "EmergencyReviewPayload": domain.written.EmergencyReviewed,
    "ReportPayload": domain.written.ReportWritten,
    "ReportMovedPayload": domain.written.ReportMoved,
    "ReportConnection": resolvers.page.Page,
    "ReportEdge": domain.following.report.Report,
    "EntryDecision": domain.keeping.correction.CorrectionRequest,
    "EntryChange": domain.following.entry.Change,
    "ReplacedEntry": domain.following.entry.Replaced,
    "SeriesPoint": domain.following.series.Point,
    "ZoneBand": domain.following.series.Band,
    "PatientIdentifier": domain.identity_number.IdentityNumber,
}


def _own_types() -> list[GraphQLObjectType]:
    return [
        each
        for name, each in GRAPH.type_map.items()
        if isinstance(each, GraphQLObjectType) and not name.startswith("__")
    ]


def _twin(name: str) -> type[Noun]:
    if name in TWINS:
        return TWINS[name]
    if name.endswith("Section"):
        return domain.source.section.Section
    found = [noun for noun in _nouns(Noun) if noun.__name__ == name]
    assert len(found) == 1, name
    return found[0]


def _nouns(base: type[Noun]) -> list[type[Noun]]:
    return [noun for child in base.__subclasses__() for noun in [child, *_nouns(child)]]


def test_the_sdl_in_the_repository_is_true() -> None:
    assert Path("schema.graphql").read_text(encoding="utf-8") == schema.as_str() + "\n"


def test_every_type_field_argument_and_value_is_described() -> None:
    silent = []
    for name, each in GRAPH.type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Boolean", "Float", "ID"):
            continue
        silent += [name] * (not each.description)
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in each.fields.items():
                silent += [f"{name}.{field_name}"] * (not field.description)
                silent += [
                    f"{name}.{field_name}({a})" for a, v in field.args.items() if not v.description
                ]
        if isinstance(each, GraphQLInputObjectType):
            silent += [f"{name}.{f}" for f, v in each.fields.items() if not v.description]
        if isinstance(each, GraphQLEnumType):
            silent += [f"{name}.{v}" for v, value in each.values.items() if not value.description]
    assert silent == []


def _plain_fields() -> list[tuple[str, str]]:
    plain = []
    for each in _own_types():
        if each.name in ("Query", "Mutation"):
            continue
        definition = each.extensions["strawberry-definition"]
        plain += [(each.name, f.python_name) for f in definition.fields if not f.base_resolver]
    return plain


@pytest.mark.parametrize(("type_name", "attribute"), _plain_fields())
def test_every_plain_field_is_an_attribute_of_its_domain_twin(
    type_name: str, attribute: str
) -> None:
    assert hasattr(_twin(type_name), attribute)


@pytest.mark.parametrize(("type_name", "attribute"), _plain_fields())
def test_what_may_be_none_in_the_domain_may_be_null_in_the_graph(
    type_name: str, attribute: str
) -> None:
    told = typing.get_type_hints(_twin(type_name)).get(attribute)
    shown = GRAPH.type_map[type_name].fields[to_camel_case(attribute)]
    assert type(None) not in typing.get_args(told) or not is_non_null_type(shown.type)


def test_one_selection_can_ask_for_all_that_may_be_answered() -> None:
    """A field's name has one type among the members of a union of results, and among rejections."""
    for each in GRAPH.type_map.values():
        if not (isinstance(each, GraphQLUnionType) or each.name == "Rejection"):
            continue
        types: dict[str, set[str]] = {}
        for member in GRAPH.get_possible_types(each):
            for name, field in member.fields.items():
                types.setdefault(name, set()).add(str(field.type))
        assert {name for name, found in types.items() if len(found) > 1} == set(), each.name


def test_every_source_fed_section_says_what_it_is_fetched_with() -> None:
    patient = GRAPH.type_map["Patient"].extensions["strawberry-definition"]
    sections = [
        f for f in patient.fields if f.graphql_name == f.graphql_name and FETCH in f.metadata
    ]
    assert {f.metadata[FETCH].section.name for f in sections} == {
        name.name for name in domain.source.section.SectionName
    }
    assert all(isinstance(f.metadata[FETCH], Fetch) for f in sections)


def test_the_graph_has_one_back_edge() -> None:
    lazy = [
        path.name
        for path in Path("schema").glob("*.py")
        if re.search(r"strawberry\.lazy\(", path.read_text(encoding="utf-8"))
    ]
    assert lazy == ["plan.py"]


def test_the_log_has_words_for_every_field_that_shows_something_of_a_patient() -> None:
    shown = set()
    for name in ("Patient", "PlanPart"):
        definition = GRAPH.type_map[name].extensions["strawberry-definition"]
        noted = [f for f in definition.fields if f.base_resolver and not _is_attribute(f)]
        shown |= {f.python_name for f in noted}
    assert shown - set(THINGS) - UNSAID == set()


def _is_attribute(field: typing.Any) -> bool:
    """Tell whether a field shows an attribute of what is shown already."""
    return field.base_resolver.wrapped_func.__qualname__.startswith("whole.")
