"""The privacy officer's report as the graph shows it."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.access.log_report import RemarkKind
from resolvers import log_report, page
from schema.author import Author
from schema.field import enum, field, plain
from schema.page import PageInfo

enum(
    RemarkKind,
    "Why something is in the report. None of it says that anybody did wrong.",
    READ_WITHOUT_RELATION="Read on the organisation's attest alone: nothing else ties it to the "
    "patient.",
    REFUSED="Was refused again and again on one day.",
    UNUSUAL_VOLUME="Read about many more patients in a day than is usual at the unit.",
    UNREVIEWED_EMERGENCY="Opened emergency access that nobody has reviewed yet; see `emergencies`.",
    SEARCHED_BY_NUMBER="Looked for patients by number in an emergency, and found nobody.",
)


@strawberry.type(
    description="One person of the organisation's staff on one day, and what was found. It says "
    "nothing of the patients."
)
class AccessRemark:
    kind: RemarkKind = plain("Why it is in the report.")
    sentence: str = field(log_report.sentence, "What was found, and by which rule, in words.")
    day: date = plain("The day, in Norway.")
    by: Author = plain("Who.")
    patients: int = plain("Of how many patients.")
    times: int = plain("How often.")
    usual: float | None = plain(
        "The median of patients a person and day at the unit, where it was held against that."
    )


@strawberry.type(description="One remark on a page of the report.")
class AccessRemarkEdge:
    cursor: str = field(log_report.cursor, "Continue after this edge with it.")
    node: AccessRemark = field(log_report.itself, "The remark.")


@strawberry.type(description="A page of the report.")
class AccessReport:
    edges: list[AccessRemarkEdge] = plain("The remarks, newest day first.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
