"""Public ids: a prefix that tells the kind and our own random UUID; opaque to clients."""

from __future__ import annotations

from uuid import UUID, uuid4

from domain.errors import NotFound

PATIENT = "pat_"
PLAN = "pln_"
PART = "prt_"
DRAFT = "drf_"
COMMENT = "cmt_"
AGREEMENT = "agr_"
SHARE = "shr_"
REPRESENTATION = "rpn_"
OPENING = "opn_"
SUGGESTION = "sug_"
HANDOVER = "hnd_"
MEMBER = "mbr_"
REVIEW = "rev_"
TASK = "tsk_"
CONSENT = "con_"
RESERVATION = "rsv_"
DELIVERY = "dlv_"
ERASURE = "ers_"
CORRECTION = "cor_"
ACCESS_RULE = "rul_"
LOG_LINE = "log_"
LOG_QUESTION = "lqu_"
REPORT = "rep_"
MEASUREMENT = "msm_"
NOTICE = "ntc_"
MESSAGE = "msg_"
SEARCH = "srh_"
WEBHOOK = "whk_"


def new(prefix: str) -> str:
    """Return a new public id of a kind."""
    return f"{prefix}{uuid4()}"


def uuid_of(public_id: str, prefix: str) -> UUID:
    """Return the UUID inside a public id of a kind; NotFound when it can't be one of that kind."""
    if not public_id.startswith(prefix):
        raise NotFound
    try:
        return UUID(public_id.removeprefix(prefix))
    except ValueError:
        raise NotFound from None
