"""Where two sides have changed a plan content in ways that can't both stand."""

from __future__ import annotations

from enum import Enum

from domain.content.line import ContentSection
from domain.noun import Noun
from domain.revision.difference import Difference
from domain.words import Words


class ClashKind(Enum):
    """Why a machine must not choose.

    BOTH_CHANGED, CHANGED_AND_REMOVED: one line, two wills. BOTH_ADDED: one id, or one diagnosis,
    measurement or medicine, added by each. REMOVED_AND_USED: a line points at one that is removed.
    LIMITS_APART: limits for one measure, moved in different zones. PERIOD_BACKWARDS: the end would
    come before the start. SAME_ID: one id for two lines of different sections.
    """

    BOTH_CHANGED = "BOTH_CHANGED"
    BOTH_ADDED = "BOTH_ADDED"
    CHANGED_AND_REMOVED = "CHANGED_AND_REMOVED"
    REMOVED_AND_USED = "REMOVED_AND_USED"
    LIMITS_APART = "LIMITS_APART"
    PERIOD_BACKWARDS = "PERIOD_BACKWARDS"
    SAME_ID = "SAME_ID"


class Clash(Noun):
    """One line that somebody must settle, and what each side did.

    `ours` is what the writer did since the version they started from, `theirs` what has happened in
    the plan since then. They are about the same line, except: for REMOVED_AND_USED the one removes
    the line and the other makes a line that points at it; for BOTH_ADDED, LIMITS_APART,
    PERIOD_BACKWARDS and SAME_ID they may be two lines that don't fit together.
    """

    section: ContentSection
    line: str
    label: Words
    kind: ClashKind
    ours: Difference
    theirs: Difference
