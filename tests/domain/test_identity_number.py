from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identity_number import IdentityNumber, IdentityNumberKind, is_valid, kind_of

# Made for this test in the synthetic series (month + 80), check digits worked out by hand.
NATIONAL = "20811599924"


def _with_checks(nine: str, remainder: int = 0) -> str | None:
    """Return nine digits with their check digits, None where the series leaves them out."""
    first = (
        remainder - sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True))
    ) % 11
    second = (
        -sum(
            int(d) * w
            for d, w in zip(f"{nine}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)
        )
        % 11
    )
    return None if first == 10 or second == 10 else f"{nine}{first}{second}"


@given(st.from_regex(r"[0-7][0-9]8[1-9][0-9]{5}", fullmatch=True), st.integers(0, 3))
def test_right_check_digits_are_accepted_old_and_new(nine: str, remainder: int) -> None:
    number = _with_checks(nine, remainder)
    assert number is None or is_valid(number)


@given(st.from_regex(r"[0-7][0-9]8[1-9][0-9]{5}", fullmatch=True), st.integers(0, 9))
def test_a_wrong_last_digit_is_refused(nine: str, digit: int) -> None:
    number = _with_checks(nine)
    if number is not None and number[-1] != str(digit):
        assert not is_valid(number[:-1] + str(digit))


@pytest.mark.parametrize(
    "value", ["", "1", "2081159992", "208115999244", "2081159992x", "²0811599924"]
)
def test_anything_but_eleven_digits_is_refused(value: str) -> None:
    assert not is_valid(value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("20811500000", IdentityNumberKind.NATIONAL),
        ("60811500000", IdentityNumberKind.D_NUMBER),
        ("80811500000", IdentityNumberKind.TEMPORARY),
    ],
)
def test_the_first_digit_tells_the_series(value: str, kind: IdentityNumberKind) -> None:
    assert kind_of(value) is kind


def test_a_number_does_not_show_itself() -> None:
    number = IdentityNumber(value=NATIONAL, kind=IdentityNumberKind.NATIONAL)
    assert NATIONAL not in f"{number} {number!r} {[number]}"
