"""The access policy: who may see what of a patient, decided from facts alone.

Who they are to each other is asked first (`stance`), then what the table gives them (`matrix`), and
then what is locked (`lock`). No I/O, no clock; the answer lives for one operation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.access import lock
from domain.access.facts import DEFAULT, AccessFacts, Choices
from domain.access.hiding import NOTHING_HIDDEN, Hidden, hidden_from
from domain.access.legality import without_law
from domain.access.matrix import CELLS, Condition
from domain.access.not_given import not_given
from domain.access.relation import Basis, Relation
from domain.access.right import RIGHT_OF_SECTION, Right
from domain.access.rule import RuleKind
from domain.access.shares import opened_by_shares
from domain.access.stance import FINAL, stance_of
from domain.access.standing import BY_SHARE, PARENTS, REPRESENTATIVES, Standing
from domain.access.viewer import Viewer, ViewerRole
from domain.local_time import OSLO
from domain.noun import Noun
from domain.plan.sharing import WHOLE, Portion, ShareScope
from domain.refusal import Refusal
from domain.source.section import SectionName


class Ruling(Noun):
    """A decision: allowed, or the refusal that stands against it."""

    refusal: Refusal | None = None

    @property
    def is_allowed(self) -> bool:
        """Tell whether the data may be fetched and shown."""
        return self.refusal is None


ALLOWED = Ruling()
_REFUSED = {refusal: Ruling(refusal=refusal) for refusal in Refusal}
_BY_GRANT = frozenset({Condition.KEPT, Condition.SUITABLE, Condition.IN_SCOPE, Condition.HEARD})
# What everybody who sees the zone sheet, but not the plan, is shown of each part.
DAILY: Portion = dict.fromkeys(
    (ShareScope.ZONE_SHEET, ShareScope.ROUTINES, ShareScope.CONTACTS), frozenset()
)


class Access(Noun):
    """The policy's answer for one viewer, patient and operation; it is never kept longer.

    `ruling` says whether they are anything to each other, and `standing` what. `closed` are rights
    that a lock closes, or that no law gives on the day; `opening` is what has opened restrictions
    for them. `shared` are the only plan parts that may be seen, each with how much of it; None is
    no limit. `hidden` is what is left out without a word. `was_parent` tells of next of kin that
    they are, or were, a parent too.
    """

    ruling: Ruling
    standing: Standing | None = None
    relation: Relation | None = None
    closed: Mapping[Right, Refusal] = {}
    granted: frozenset[Right] = frozenset()
    shared: Mapping[str, Portion] | None = None
    hidden: Hidden = NOTHING_HIDDEN
    opening: RuleKind | None = None
    was_parent: bool = False

    def on(self, right: Right) -> Ruling:
        """Return the ruling on one right; those that depend on a part ask `permission` too."""
        if self.standing is None:
            return self.ruling
        against = self.against(right, self.standing)
        return ALLOWED if against is None else _REFUSED[against]

    def against(self, right: Right, standing: Standing) -> Refusal | None:
        """Return what stands against a right: first a lock, where it is any of their business.

        Whom something is shared with is not told what is locked of that which is not; and a better
        login opens nothing that the table doesn't give.
        """
        lock, table = self.closed.get(right), self.refusal_by_table(right, standing)
        if self.is_by_share or lock is Refusal.SECURITY_LEVEL:
            return table or lock
        return lock or table

    def may(self, right: Right) -> bool:
        """Tell whether a right is given and not closed."""
        return self.on(right).refusal is None

    def refusal_by_table(self, right: Right, standing: Standing) -> Refusal | None:
        """Return why the table gives somebody no right, whatever is locked; None when it does."""
        cell = CELLS[standing][right]
        if not cell.is_given:
            return not_given(right, standing)
        if cell.condition in _BY_GRANT and right not in self.granted:
            return not_given(right, standing)
        if cell.condition is Condition.SHARED and right is Right.READ_PLAN and self.is_in_pieces:
            return Refusal.NOT_SHARED
        return None

    @property
    def plan(self) -> Ruling:
        """The ruling over the plan as a whole: whether it may be known that there is one."""
        return self.on(Right.PLAN_STATUS)

    @property
    def content(self) -> Ruling:
        """The ruling over what the plan says, be it only what is needed every day."""
        return self.on(Right.READ_ZONES)

    @property
    def sees_drafts(self) -> bool:
        """Tell whether drafts are for the viewer; what is locked of all content is told there."""
        if self.standing is None or self.refusal_by_table(Right.READ_DRAFTS, self.standing):
            return False
        return Right.READ_DRAFTS not in self.closed or Right.READ_ZONES in self.closed

    @property
    def ground(self) -> Relation | None:
        """The tie that sources are asked on."""
        return self.relation

    @property
    def is_parent(self) -> bool:
        """Tell whether the viewer is a parent, whom the other home may be kept from."""
        return self.standing in PARENTS or self.was_parent

    @property
    def is_representative(self) -> bool:
        """Tell whether the viewer acts for the patient, by whatever mandate."""
        return self.standing in REPRESENTATIVES

    @property
    def is_by_share(self) -> bool:
        """Tell whether nothing but a share ties them."""
        return self.standing in BY_SHARE

    @property
    def beyond_parts(self) -> Refusal | None:
        """Return why what is about the whole plan is not for the viewer; None when it is.

        A lock on all that the plan says is told where that is asked for (`content`).
        """
        if self.shared is not None:
            return Refusal.NOT_SHARED
        if self.standing is None:
            return self.ruling.refusal
        return self.refusal_by_table(Right.READ_PLAN, self.standing)

    @property
    def kept_to_zones(self) -> Refusal | None:
        """Return why somebody sees only what is needed every day of a plan that they may see."""
        return None if Right.READ_ZONES in self.closed else self.closed.get(Right.READ_PLAN)

    @property
    def is_in_pieces(self) -> bool:
        """Tell whether nothing is seen but pieces of parts."""
        if self.shared is not None:
            return not any(ShareScope.WHOLE_PART in each for each in self.shared.values())
        return self.beyond_parts is not None

    def sees_part(self, part_id: str, is_draft: bool) -> bool:
        """Tell whether a plan part may be shown."""
        is_theirs = self.standing is not None and (self.shared is None or part_id in self.shared)
        is_seen = is_theirs and part_id not in self.hidden.parts
        return is_seen and (not is_draft or self.sees_drafts)

    def portion(self, part_id: str) -> Portion:
        """Return how much may be shown of a part that may be shown."""
        given = WHOLE if self.shared is None else self.shared[part_id]
        is_whole = ShareScope.WHOLE_PART in given
        return DAILY if is_whole and not self.may(Right.READ_PLAN) else given

    def sees_report(self, author_id: str, viewer: Viewer) -> bool:
        """Tell whether a report may be shown; what one has sent oneself always may.

        `author_id` is the subject of the one who sent it.
        """
        if author_id == viewer.subject:
            return True
        if self.standing is None or not self.may(Right.READ_REPORTS):
            return False
        return CELLS[self.standing][Right.READ_REPORTS].condition is not Condition.OWN_ONLY

    def section(self, name: SectionName) -> Ruling:
        """Return the ruling of one section."""
        return self.on(RIGHT_OF_SECTION[name])


def decide(viewer: Viewer, facts: AccessFacts, now: datetime, choices: Choices = DEFAULT) -> Access:
    """Decide what a viewer may see of a patient at a time."""
    answer = stance_of(viewer, facts, choices, now)
    if isinstance(answer, Refusal):
        shared = None if answer in FINAL else _by_shares(viewer, facts, now)
        return shared or refused(answer)
    shared = _by_shares(viewer, facts, now) if answer.standing is Standing.SYSTEM else None
    if shared is not None:
        return shared
    opened = lock.opened_for(viewer, facts, now)
    return Access(
        ruling=ALLOWED,
        standing=answer.standing,
        relation=answer.relation,
        granted=answer.granted,
        closed=_closed(answer.standing, viewer, facts, now, choices),
        hidden=hidden_from(answer, facts, now),
        opening=opened.kind if opened else None,
        was_parent=answer.was_parent,
    )


def refused(refusal: Refusal) -> Access:
    """Return the access of somebody who has none."""
    return Access(ruling=_REFUSED[refusal])


def _by_shares(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access | None:
    """Return what shares open: their parts, and no source's section; None without a share.

    Whom something is shared with is not told of a reservation, which is none of their business:
    nothing is shared with them now.
    """
    found = opened_by_shares(viewer, facts, now)
    if found is None or facts.is_reserved:
        return None
    standing = Standing.VENDOR if viewer.role is ViewerRole.VENDOR else Standing.RECIPIENT
    return Access(
        ruling=ALLOWED,
        standing=standing,
        relation=found.tie,
        closed=_closed(standing, viewer, facts, now),
        shared=found.parts,
        hidden=found.hidden,
    )


def _closed(
    standing: Standing,
    viewer: Viewer,
    facts: AccessFacts,
    now: datetime,
    choices: Choices = DEFAULT,
) -> Mapping[Right, Refusal]:
    """Return what locks close, and what no law gives on the day."""
    lawless = without_law(standing, now.astimezone(OSLO).date())
    locked = lock.closed(standing, viewer, facts, now, choices)
    return {**locked, **lawless} if lawless else locked


def oversight(viewer: Viewer, now: datetime) -> Access:
    """Return what a privacy officer has towards any patient: the log of use, and nothing else."""
    if viewer.role is not ViewerRole.PRIVACY_OFFICER:
        return refused(Refusal.ROLE)
    relation = Relation(
        basis=Basis.OVERSIGHT,
        origin="Personvernombud",
        since=now,
        organisation=viewer.organisation,
    )
    return Access(
        ruling=ALLOWED,
        standing=Standing.OFFICER,
        relation=relation,
        closed=without_law(Standing.OFFICER, now.astimezone(OSLO).date()),
        shared={},
    )
