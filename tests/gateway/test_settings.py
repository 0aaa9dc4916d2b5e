from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from domain.access.facts import AddressRule, Choices
from domain.access.right import Right
from domain.live.address import Reach
from gateway.settings import Settings, SettingsError
from tests.gateway.serving import ENVIRON, a_settings

SECRETS = (
    *("kj-secret", "med-secret", "hospital-secret", "hospital-key-secret", "record-secret"),
    *("fingerprint-secret", "sender-secret"),
    *("cursor-secret", "webhook-secret"),
)
SECRET = (
    *("DBEP_KJERNEJOURNAL_TOKEN", "DBEP_MEDICATION_TOKEN", "DBEP_HOSPITAL_TOKEN"),
    *("DBEP_HOSPITAL_SUBSCRIPTION_KEY", "DBEP_RECORD_TOKEN", "DBEP_FINGERPRINT_KEY"),
    *("DBEP_CURSOR_KEY", "DBEP_WEBHOOK_KEY"),
    "DBEP_SENDER_TOKEN",
)
COMPOSE = Path(__file__).resolve().parents[2] / "docker-compose.yml"


def problems(**changed: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        a_settings(**changed)
    return caught.value.problems


def test_the_defaults_are_those_of_production() -> None:
    settings = a_settings()
    assert settings.is_production
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.public_url == "https://plan.example"
    assert not a_settings(DBEP_BEARER_TOKENS="").accepts_bearer
    assert not settings.answers_ad_hoc
    assert settings.jwks_url == "http://127.0.0.1:1/jwks"
    assert settings.audience == "dbep:gateway"
    assert settings.hospital.subscription_key == "hospital-key-secret"
    assert settings.limits.depth == 15
    assert settings.closed_again_hours == 24


def test_how_long_what_was_opened_stays_open_is_a_setting() -> None:
    usual, chosen = a_settings(), a_settings(DBEP_EMERGENCY_MINUTES="30", DBEP_OPENED_MINUTES="90")
    assert (usual.choices.opened_for, usual.choices.emergency_for) == (
        timedelta(hours=8),
        timedelta(hours=1),
    )
    assert (chosen.choices.opened_for, chosen.choices.emergency_for) == (
        timedelta(minutes=90),
        timedelta(minutes=30),
    )
    read = a_settings(DBEP_READ_AFTER_DEATH_DAYS="90").choices.read_after_death
    assert (usual.choices.read_after_death, read) == (timedelta(days=365), timedelta(days=90))
    assert problems(DBEP_EMERGENCY_MINUTES="0") == [
        "DBEP_EMERGENCY_MINUTES must be a number from 1 to 1440."
    ]


def test_every_missing_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({})
    missing = set(ENVIRON) - {"DBEP_ENVIRONMENT", "DBEP_BEARER_TOKENS"}
    assert {problem.split()[0] for problem in caught.value.problems} == missing
    assert all(problem.endswith("is missing.") for problem in caught.value.problems)


def test_development_knows_the_simulators_secrets_and_the_issuer() -> None:
    needed = {name: ENVIRON[name] for name in ENVIRON if name.endswith("_URL")}
    del needed["DBEP_PUBLIC_URL"]
    settings = Settings.from_env({**needed, "DBEP_ENVIRONMENT": "development"})
    assert settings.issuer == "http://127.0.0.1:8104"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.accepts_bearer
    assert settings.answers_ad_hoc
    assert settings.kjernejournal.token == "dev-kjernejournal"
    assert settings.medication.token == "dev-medication"
    assert settings.hospital.token == "dev-hospital"
    assert settings.record.token == "dev-record"
    assert settings.erasure_log == ".data/erasures.log"
    assert settings.hospital.subscription_key == "dev-hospital-key"
    assert settings.evaluates_zones


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DBEP_PORT", "x"),
        ("DBEP_PORT", "70000"),
        ("DBEP_PORT", "-1"),
        ("DBEP_MAX_DEPTH", "-77"),
        ("DBEP_MAX_DEPTH", "1e999"),
        ("DBEP_ENVIRONMENT", "staging"),
        ("DBEP_DATABASE_URL", "mysql://user:pw-secret@host/db"),
        ("DBEP_REDIS_URL", "127.0.0.1:6379"),
        ("DBEP_ISSUER", "ftp://issuer"),
        ("DBEP_ISSUER", "http://issuer.example"),
        ("DBEP_JWKS_URL", "http://issuer.example/jwks"),
        ("DBEP_PUBLIC_URL", "http://plan.example"),
        ("DBEP_BEARER_TOKENS", "sometimes"),
        ("DBEP_AD_HOC_DOCUMENTS", "sometimes"),
        ("DBEP_HOSPITAL_URL", "http://host:port"),
        ("DBEP_HOSPITAL_TIMEOUT_SECONDS", "3600"),
        ("DBEP_HOSPITAL_URL", "http://hospital.example"),
        ("DBEP_RECORD_URL", "http://record.example"),
        ("DBEP_SENDER_URL", "http://sender.example"),
        ("DBEP_ALLOWED_ORIGINS", "*"),
        ("DBEP_ALLOWED_ORIGINS", "null"),
        ("DBEP_ALLOWED_ORIGINS", "https://*.example"),
        ("DBEP_ALLOWED_ORIGINS", "app.example"),
        ("DBEP_ALLOWED_ORIGINS", "https://app.example/page"),
        ("DBEP_ALLOWED_ORIGINS", "http://app.example"),
        ("DBEP_LOG_RETENTION_YEARS", "0.001"),
        ("DBEP_ZONE_EVALUATION", "yes"),
        ("DBEP_ADDRESS_RULE", "BOTH"),
        ("DBEP_KEPT_BY_PARENTS", "READ_LOG"),
        ("DBEP_KEPT_BY_PARENTS", "NONE READ_ZONES"),
        ("DBEP_OWN_ACCESS_FROM", "17"),
    ],
)
def test_a_wrong_setting_is_one_sentence_without_its_value(name: str, value: str) -> None:
    found = problems(**{name: value})
    assert any(problem.startswith(f"{name} must be") for problem in found)
    assert not any(value in problem for problem in found)


def test_webhooks_reach_the_public_internet_by_https_unless_settings_say_otherwise() -> None:
    assert a_settings().reach == Reach()
    assert a_settings(DBEP_PRIVATE_WEBHOOKS="on").reach == Reach(private=True)
    assert a_settings(DBEP_ENVIRONMENT="vendor-test").reach == Reach()
    assert a_settings(DBEP_ENVIRONMENT="development").reach == Reach(plain=True, private=True)


def test_a_fingerprint_key_that_could_be_guessed_is_refused() -> None:
    assert problems(DBEP_FINGERPRINT_KEY="abc") == [
        "DBEP_FINGERPRINT_KEY must have 32 characters or more."
    ]


def test_production_takes_none_of_the_secrets_that_this_repository_tells() -> None:
    development = a_settings(DBEP_ENVIRONMENT="development", **dict.fromkeys(SECRET, ""))
    known = {
        "DBEP_KJERNEJOURNAL_TOKEN": development.kjernejournal.token,
        "DBEP_MEDICATION_TOKEN": development.medication.token,
        "DBEP_HOSPITAL_TOKEN": development.hospital.token,
        "DBEP_HOSPITAL_SUBSCRIPTION_KEY": development.hospital.subscription_key,
        "DBEP_RECORD_TOKEN": development.record.token,
        "DBEP_SENDER_TOKEN": development.sender.token,
        "DBEP_FINGERPRINT_KEY": development.fingerprint_key,
        "DBEP_CURSOR_KEY": development.cursor_key,
        "DBEP_WEBHOOK_KEY": development.webhook_key,
    }
    assert set(known) == set(SECRET)
    assert {problem.split()[0] for problem in problems(**known)} == set(known)
    assert all("of your own" in problem for problem in problems(**known))
    composed = re.findall(r"DATABASE_URL: (.+)", COMPOSE.read_text())
    assert problems(DBEP_DATABASE_URL=composed[0]) == [
        "DBEP_DATABASE_URL must have a password of your own, not the one for development."
    ]


def test_every_setting_that_is_a_secret_is_held_to_that() -> None:
    named = {name for name in ENVIRON if re.search("TOKEN$|KEY$|SECRET|PASSWORD", name)}
    assert named == set(SECRET)


def test_no_text_form_shows_a_secret() -> None:
    settings = a_settings(DBEP_DATABASE_URL="postgresql://user:pw-secret@host/db")
    shown = repr(settings) + str(settings) + repr(settings.hospital)
    assert not any(secret in shown for secret in (*SECRETS, "pw-secret"))


@pytest.mark.parametrize(("said", "evaluates"), [("on", True), ("off", False)])
@pytest.mark.parametrize("environment", ["production", "development"])
def test_whether_zones_are_evaluated_is_said_outright(
    said: str, evaluates: bool, environment: str
) -> None:
    settings = a_settings(DBEP_ZONE_EVALUATION=said, DBEP_ENVIRONMENT=environment)
    assert settings.evaluates_zones is evaluates


def test_in_production_documents_can_not_be_ad_hoc() -> None:
    assert problems(DBEP_AD_HOC_DOCUMENTS="on") == [
        "DBEP_AD_HOC_DOCUMENTS can't be on in production, but in vendor-test and development."
    ]


def test_a_vendors_test_setting_is_production_but_for_ad_hoc_documents() -> None:
    testing, production = a_settings(DBEP_ENVIRONMENT="vendor-test"), a_settings()
    different = {"environment": "production", "answers_ad_hoc": False}
    assert msgspec.structs.replace(testing, **different) == production
    assert (testing.is_production, testing.answers_ad_hoc) == (True, True)
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"DBEP_ENVIRONMENT": "vendor-test"})
    assert "DBEP_PUBLIC_URL is missing." in caught.value.problems


@pytest.mark.parametrize("environment", ["vendor-test", "development"])
def test_elsewhere_ad_hoc_documents_can_be_switched_off(environment: str) -> None:
    settings = a_settings(DBEP_ENVIRONMENT=environment, DBEP_AD_HOC_DOCUMENTS="off")
    assert not settings.answers_ad_hoc


def test_nobody_is_left_with_less_than_one_operation_may_cost() -> None:
    assert problems(DBEP_MAX_OPERATION_COST="400000") == [
        "DBEP_MAX_PERSON_COST must be at least DBEP_MAX_OPERATION_COST."
    ]
    limits = a_settings(DBEP_MAX_OPERATION_COST="400000", DBEP_MAX_PERSON_COST="400000").limits
    assert (limits.operation_cost, limits.person_cost) == (400_000, 400_000)


def test_limits_and_timeouts_can_be_set() -> None:
    settings = a_settings(
        DBEP_MAX_ALIASES="7",
        DBEP_MEDICATION_TIMEOUT_SECONDS="0.5",
        DBEP_ALLOWED_ORIGINS="https://a.example, https://B.example:443/",
    )
    assert settings.limits.aliases == 7
    assert settings.medication.timeout_seconds == 0.5
    assert settings.allowed_origins == ("https://a.example", "https://b.example")


def test_what_the_controller_decides_has_defaults_and_can_be_set() -> None:
    assert a_settings().choices == Choices()
    set_here = a_settings(
        DBEP_ADDRESS_RULE="ONLY_THAT", DBEP_KEPT_BY_PARENTS="NONE", DBEP_OWN_ACCESS_FROM="14"
    )
    assert set_here.choices == Choices(
        address_rule=AddressRule.ONLY_THAT, kept_by_default=frozenset(), own_access_from=14
    )
    some = a_settings(DBEP_KEPT_BY_PARENTS="SEE_PATIENT PLAN_STATUS READ_REPORTS")
    assert Right.READ_REPORTS in some.choices.kept_by_default
