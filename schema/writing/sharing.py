"""Sharing as it is written."""

from __future__ import annotations

import strawberry

from resolvers.writing import sharing
from schema.given_word import Choice
from schema.mutation_field import mutation
from schema.payload import ShareCodePayload, SharePayload
from schema.rejection import (
    AlreadyShared,
    NoChange,
    NoCode,
    ShareClosed,
    VersionConflict,
    WrongState,
)
from schema.sharing import Share

_SHARE = "The share."
_SEEN = "The version that the writer has seen; a newer one is a conflict."


@strawberry.type(description="Lends its fields' types to an input; it is not in the graph itself.")
class _Shared(Share, Choice):
    """A share, and the word it is shared on."""


@strawberry.type(description="How parts of a plan are shared.")
class SharingMutations:
    share_part = mutation(
        sharing.SHARE,
        "Share a part, or pieces of it, with a named recipient. For the patient from 16, those with "
        "parental responsibility, and whoever answers for the part. A parent gives nothing that is "
        "hidden from them; who answers for the part may share beside them with the same recipient.",
        SharePayload,
        WrongState,
        AlreadyShared,
        like=_Shared,
        part_id="The part.",
        until="Until when, not included. Outside health care it is needed, at most a year off.",
        scopes="How much. Outside health care not WHOLE_PART.",
        organisation_number="The unit's organisation number. Needed in health care; not for a "
        "person outside it.",
        is_own_home_only="By a parent: keep it from the other parent, for safety.",
        spoken="By personnel: whose word it is shared on, and how it was given. Needed for a child of "
        "12 to 15 when the recipient is outside health care.",
        recipient_number="The identity number by which a person outside health care logs in. Null "
        "when a code is to be handed over. Never shown to anybody.",
    )
    change_share = mutation(
        sharing.CHANGE,
        "Change when a share ends.",
        SharePayload,
        VersionConflict,
        NoChange,
        ShareClosed,
        share_id=_SHARE,
        expected_version=_SEEN,
        until="Until when, not included; null is open-ended, in health care only.",
    )
    withdraw_share = mutation(
        sharing.WITHDRAW,
        "Take a share back at once; whoever has opened it sees nothing more.",
        SharePayload,
        VersionConflict,
        ShareClosed,
        share_id=_SHARE,
        expected_version=_SEEN,
    )
    make_share_code = mutation(
        sharing.MAKE_CODE,
        "Make a code that opens a share once, within a quarter of an hour, for at most eight hours. "
        "Hand it over in person; it is exchanged at `POST /opening`.",
        ShareCodePayload,
        ShareClosed,
        NoCode,
        share_id=_SHARE,
    )
