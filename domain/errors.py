"""What a caller can do wrong or may not do: stable codes, a sentence, and what to do about it."""

from __future__ import annotations


class CallerError(Exception):
    """An error that is the caller's to mend; everything else is ours, masked and logged.

    `code` is stable and listed in docs/errors.md; `sentence` and `remedy` are English for
    developers and never hold a value that the caller sent. `reason`
    refines the code (NO_CARE_RELATION …).
    """

    code = "BAD_REQUEST"
    sentence = "The request could not be understood."
    remedy = "Correct the request and send it again."

    def __init__(self, sentence: str | None = None, *, reason: str | None = None) -> None:
        super().__init__(sentence or self.sentence)
        self.reason = reason


class NotAlone(CallerError):
    """An operation that asks for something which must be alone in it, and for more."""

    code = "NOT_ALONE"
    sentence = "This field must be the only one of its operation."
    remedy = "Send it in an operation of its own, named directly and not in a fragment."


class NotFound(CallerError):
    """The id names nothing that the viewer can know of."""

    code = "NOT_FOUND"
    sentence = "There is nothing with this id that you can see."
    remedy = "Check the id; ids come from earlier answers and are used as they are."


class NotPermitted(CallerError):
    """The policy refuses; `reason` is its refusal code, `opened_by` the names of what opens it."""

    code = "FORBIDDEN"
    sentence = "You may not see this."
    remedy = "See `extensions.reason`; docs/errors.md says what would change the decision."

    def __init__(
        self,
        sentence: str | None = None,
        *,
        reason: str | None = None,
        opened_by: tuple[str, ...] = (),
    ) -> None:
        super().__init__(sentence, reason=reason)
        self.opened_by = opened_by


class Unauthenticated(CallerError):
    """No token, or one that is expired, forged or meant for someone else."""

    code = "UNAUTHENTICATED"
    sentence = "A valid access token is needed."
    remedy = "Get a new access token; WWW-Authenticate says how to send it."


class BadInput(CallerError):
    """An argument that can't be used; the sentence says which and why, never its value."""

    code = "BAD_USER_INPUT"
    sentence = "An argument has a value that can't be used."
    remedy = "Correct the argument and send the operation again."


class CodeRefused(CallerError):
    """A code that opens nothing: never made, used, too old, or its share has ended."""

    code = "CODE_REFUSED"
    sentence = "The code can't be used."
    remedy = "Check the code, or ask whoever shared for a new one."


class TooManyTries(CallerError):
    """Too many codes that open nothing from one place; all are refused for a while."""

    code = "TOO_MANY_TRIES"
    sentence = "Too many codes were tried from here."
    remedy = "Wait a quarter of an hour, and try again."
