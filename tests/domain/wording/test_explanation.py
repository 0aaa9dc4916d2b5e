from __future__ import annotations

import pytest

from domain.access.explanation import AccessOutcome, Explanation
from domain.access.lock import Key
from domain.access.matrix import Condition
from domain.access.right import Right
from domain.access.standing import Standing
from domain.refusal import Refusal
from domain.wording.explanation import about_others, changes, condition, name, sentence

GIVEN = Explanation(
    right=Right.READ_PLAN,
    outcome=AccessOutcome.ALLOW,
    standing=Standing.PROXY,
    condition=Condition.IN_SCOPE,
)
IN_PART = Explanation(
    right=Right.READ_PLAN, outcome=AccessOutcome.MASK, refusal=Refusal.PARENT_12_16
)
WITHHELD = Explanation(
    right=Right.READ_PLAN,
    outcome=AccessOutcome.WITHHOLD,
    refusal=Refusal.RESTRICTED,
    keys=(Key.CONSENT, Key.EMERGENCY),
)
DENIED = Explanation(
    right=Right.READ_PLAN,
    outcome=AccessOutcome.DENY,
    refusal=Refusal.NO_CARE_RELATION,
    keys=(Key.EMERGENCY,),
)


def test_what_is_given_is_said_with_its_condition() -> None:
    assert (name(GIVEN, "nb"), sentence(GIVEN, "nb")) == (
        "Lese hele planen",
        "Du kan lese hele planen.",
    )
    assert condition(GIVEN, "nb") == "Når fullmakten eller mandatet omfatter det"
    assert changes(GIVEN, "nb") == ()
    assert sentence(GIVEN, "en") == "You may read the whole plan."


def test_what_is_given_in_part_says_why_not_all() -> None:
    assert sentence(IN_PART, "nb") == (
        "Noe av dette er for deg, ikke alt. Barnet er fylt 12 år. Foreldre ser da ikke lenger hele "
        "planen digitalt."
    )
    assert changes(IN_PART, "nb") == ("At en behandler bestemmer at du beholder det.",)


def test_what_is_closed_says_what_opens_it() -> None:
    assert sentence(WITHHELD, "en") == (
        "The patient has restricted this. It opens with the patient's consent, or in an emergency."
    )
    assert changes(WITHHELD, "nb") == (
        "Det kan åpnes ved samtykke fra pasienten.",
        "Det kan åpnes ved nødtilgang når det haster, med grunn.",
    )


def test_what_is_denied_says_what_would_change_that() -> None:
    assert changes(DENIED, "nb")[0] == "Det kan åpnes ved nødtilgang når det haster, med grunn."
    assert changes(DENIED, "nb")[1].startswith("At virksomheten din kommer i behandlingsteamet")


def test_it_can_be_told_to_somebody_else() -> None:
    assert about_others(IN_PART, "nb") == "Kan bare delvis lese hele planen: barnet er fylt 12 år."
    assert about_others(WITHHELD, "en") == (
        "They may not read the whole plan: the patient has restricted it."
    )


@pytest.mark.parametrize("refusal", Refusal)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_refusal_can_be_explained(refusal: Refusal, language: str) -> None:
    denied = Explanation(right=Right.END, outcome=AccessOutcome.DENY, refusal=refusal)
    assert sentence(denied, language)
    assert all(changes(denied, language))
    assert about_others(denied, language).endswith(".")
