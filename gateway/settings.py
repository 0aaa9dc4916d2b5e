"""What gateway and worker are told at start. `Settings.from_env` alone reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

import msgspec

from domain.access.facts import DEFAULT, AddressRule, Choices
from domain.access.matrix import KEEPABLE
from domain.access.right import Right
from domain.live.address import Reach
from domain.outdated.fingerprint import SHORTEST_KEY
from gateway.limits import Limits
from gateway.origin import origin_of

PREFIX = "DBEP_"
# In a vendor's test setting, on data of nobody, all is as in production but for ad hoc documents.
Environment = Literal["production", "vendor-test", "development"]
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DEVELOPMENT_KEY = "dev-fingerprint-key-of-no-secrecy"
DEVELOPMENT_CURSOR_KEY = "dev-cursor-key-of-no-secrecy-at-all"
DEVELOPMENT_WEBHOOK_KEY = "dev-webhook-key-of-no-secrecy-at-all"
_KNOWN_PASSWORD = "dbep"  # noqa: S105  # of docker-compose.yml, so that it is refused elsewhere
_REQUIRED = object()


class SettingsError(Exception):
    """What is wrong with the settings: one sentence each, none of them with a value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where one source is and how we show who we are. Its text forms hide the secrets."""

    url: str
    token: str
    subscription_key: str = ""
    timeout_seconds: float = 5.0

    def __repr__(self) -> str:
        return f"Source(url={self.url!r})"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that differs between two installations. Its text form shows nothing."""

    database_url: str
    redis_url: str
    issuer: str
    jwks_url: str
    audience: str
    environment: Environment
    host: str
    port: int
    public_url: str
    accepts_bearer: bool
    answers_ad_hoc: bool
    allowed_origins: tuple[str, ...]
    address_header: str
    shutdown_seconds: int
    drain_seconds: int
    keep_alive_seconds: float
    kjernejournal: Source
    medication: Source
    hospital: Source
    record: Source
    sender: Source
    organisation_number: str
    erasure_log: str
    fingerprint_key: str
    cursor_key: str
    resumable_days: float
    webhook_key: str
    webhook_days: float
    private_webhooks: bool
    worker_port: int
    closed_again_hours: float
    log_retention_years: float
    evaluates_zones: bool
    choices: Choices
    limits: Limits

    def __repr__(self) -> str:
        return f"Settings(environment={self.environment!r})"

    @property
    def is_production(self) -> bool:
        """Return whether this is anything but a developer's machine."""
        return self.environment != "development"

    @property
    def reach(self) -> Reach:
        """Return how far webhooks may go; plain http only on a developer's machine."""
        return Reach(plain=not self.is_production, private=self.private_webhooks)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read every `DBEP_` setting, or raise SettingsError with all that is wrong at once."""
        read = _Reader(environ)
        environment = read.environment()
        host, port = read.text("HOST", "127.0.0.1"), read.number("PORT", 8000, 0, 65535)
        issuer = read.identity_url("ISSUER", "http://127.0.0.1:8104")
        settings = cls(
            database_url=read.url("DATABASE_URL", "postgresql", "postgresql+asyncpg"),
            redis_url=read.url("REDIS_URL", "redis", "rediss", "unix"),
            issuer=issuer,
            jwks_url=read.identity_url(
                "JWKS_URL", f"{issuer.rstrip('/')}/jwks" if issuer else "", always=True
            ),
            audience=read.text("AUDIENCE", "dbep:gateway"),
            environment=environment,
            host=host,
            port=int(port),
            public_url=read.identity_url("PUBLIC_URL", f"http://{host}:{port}"),
            accepts_bearer=read.switch("BEARER_TOKENS", in_development=True, in_production=False),
            answers_ad_hoc=read.ad_hoc(environment),
            allowed_origins=read.origins("ALLOWED_ORIGINS"),
            address_header=read.text("ADDRESS_HEADER", ""),
            shutdown_seconds=int(read.number("SHUTDOWN_SECONDS", 20, 0, 3600)),
            drain_seconds=int(read.number("DRAIN_SECONDS", 10, 0, 3600)),
            # Shorter than the patience of whatever proxy stands before us.
            keep_alive_seconds=read.number("KEEP_ALIVE_SECONDS", 15, 1, 300),
            kjernejournal=read.source("KJERNEJOURNAL"),
            medication=read.source("MEDICATION"),
            hospital=read.source("HOSPITAL", keyed=True),
            record=read.source("RECORD"),
            sender=read.source("SENDER"),
            organisation_number=read.for_development("ORGANISATION_NUMBER", "999000002"),
            erasure_log=read.for_development("ERASURE_LOG", ".data/erasures.log"),
            fingerprint_key=read.key("FINGERPRINT_KEY", DEVELOPMENT_KEY),
            cursor_key=read.key("CURSOR_KEY", DEVELOPMENT_CURSOR_KEY),
            # So long a subscription can go on from where it was.
            resumable_days=read.number("RESUMABLE_DAYS", 7, 7, 366),
            webhook_key=read.key("WEBHOOK_KEY", DEVELOPMENT_WEBHOOK_KEY),
            # So long a webhook is told without its vendor having shown a token.
            webhook_days=read.number("WEBHOOK_DAYS", 7, 1, 90),
            private_webhooks=read.switch(
                "PRIVATE_WEBHOOKS", in_development=True, in_production=False
            ),
            worker_port=int(read.number("WORKER_PORT", 8106, 0, 65535)),
            # What a source closes for a patient is asked for again so often; 0 is never.
            closed_again_hours=read.number("CLOSED_AGAIN_HOURS", 24, 0, 8784),
            # Decided by the controller; without a number the log of use is kept for ever.
            log_retention_years=read.retention("LOG_RETENTION_YEARS"),
            evaluates_zones=read.switch("ZONE_EVALUATION", in_development=True),
            choices=read.choices(),
            limits=read.limits(),
        )
        if read.problems:
            raise SettingsError(read.problems)
        return settings


class _Reader:
    """Reads settings one by one and remembers what is wrong instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.problems: list[str] = []
        self._environ = environ
        self._is_development = environ.get(PREFIX + "ENVIRONMENT") == "development"

    def environment(self) -> Environment:
        given = self.text("ENVIRONMENT", "production")
        if given not in get_args(Environment):
            self._wrong("ENVIRONMENT", "must be production, vendor-test or development")
            return "production"
        return cast(Environment, given)

    def text(self, name: str, default: object = _REQUIRED) -> str:
        given = self._environ.get(PREFIX + name, "").strip()
        if given:
            return given
        if default is _REQUIRED:
            self._wrong(name, "is missing")
        return default if isinstance(default, str) else ""

    def origins(self, name: str) -> tuple[str, ...]:
        """Read origins by their full names: one that stood for others would let everybody in."""
        given = self.text(name, "").replace(",", " ").split()
        for each in given:
            if (
                not _is_url(each, ("http", "https"))
                or "*" in each
                or urlsplit(each).path.strip("/")
            ):
                self._wrong(name, "must be whole origins, each with scheme and host")
            else:
                self._must_be_https(name, each)
        return tuple(map(origin_of, given))

    def number(self, name: str, default: float, low: float, high: float) -> float:
        given = self.text(name, str(default))
        try:
            value = float(given) if "." in given else int(given)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            self._wrong(name, f"must be a number from {low:.10g} to {high:.10g}")
            return default
        return value

    def switch(self, name: str, *, in_development: bool, in_production: bool | None = None) -> bool:
        """Read what is on or off; without a default, somebody must have decided it."""
        usual = in_development if self._is_development else in_production
        given = self.text(name, _REQUIRED if usual is None else "on" if usual else "off")
        if given not in ("on", "off", ""):
            self._wrong(name, "must be on or off")
        return given == "on"

    def ad_hoc(self, environment: Environment) -> bool:
        """Read whether documents that nobody has registered are answered; in production never."""
        usual = environment != "production"
        chosen = self.switch("AD_HOC_DOCUMENTS", in_development=usual, in_production=usual)
        if chosen and not usual:
            self._wrong(
                "AD_HOC_DOCUMENTS", "can't be on in production, but in vendor-test and development"
            )
        return chosen

    def url(self, name: str, *schemes: str, default: object = _REQUIRED) -> str:
        given = self.text(name, default)
        if given and not _is_url(given, schemes):
            self._wrong(name, f"must be an address that begins with {' or '.join(schemes)}://")
        elif urlsplit(given).password == _KNOWN_PASSWORD and not self._is_development:
            self._wrong(name, "must have a password of your own, not the one for development")
        return given

    def identity_url(self, name: str, default: str, *, always: bool = False) -> str:
        """Read an address that trust hangs on: in production it is named, and it is https."""
        has_default = always or self._is_development
        given = self.url(name, "http", "https", default=default if has_default else _REQUIRED)
        self._must_be_https(name, given)
        return given

    def source(self, name: str, *, keyed: bool = False) -> Source:
        url = self.url(f"{name}_URL", "http", "https")
        self._must_be_https(f"{name}_URL", url)
        return Source(
            url=url,
            token=self.secret(f"{name}_TOKEN", f"dev-{name.lower()}"),
            subscription_key=(
                self.secret(f"{name}_SUBSCRIPTION_KEY", f"dev-{name.lower()}-key") if keyed else ""
            ),
            timeout_seconds=self.number(f"{name}_TIMEOUT_SECONDS", 5, 0.05, 60),
        )

    def choices(self) -> Choices:
        """Read what the controller decides where the law leaves it open."""
        return Choices(
            opened_for=timedelta(minutes=self.number("OPENED_MINUTES", 480, 1, 7 * 24 * 60)),
            emergency_for=timedelta(minutes=self.number("EMERGENCY_MINUTES", 60, 1, 24 * 60)),
            address_rule=self._address_rule(),
            kept_by_default=self._kept_by_default(),
            read_after_death=timedelta(days=self.number("READ_AFTER_DEATH_DAYS", 365, 1, 36_500)),
            own_access_from=int(self.number("OWN_ACCESS_FROM", DEFAULT.own_access_from, 0, 16)),
        )

    def _address_rule(self) -> AddressRule:
        given = self.text("ADDRESS_RULE", DEFAULT.address_rule.name)
        if given not in AddressRule.__members__:
            self._wrong("ADDRESS_RULE", f"must be one of {', '.join(AddressRule.__members__)}")
            return DEFAULT.address_rule
        return AddressRule[given]

    def _kept_by_default(self) -> frozenset[Right]:
        """Read rights that parents can keep; NONE is a choice too, and has no other beside it."""
        given = self.text("KEPT_BY_PARENTS", "").replace(",", " ").split()
        if given == ["NONE"]:
            return frozenset()
        if not set(given) <= {each.name for each in KEEPABLE}:
            allowed = ", ".join(each.name for each in KEEPABLE)
            self._wrong("KEPT_BY_PARENTS", f"must be NONE, or some of {allowed}")
            return DEFAULT.kept_by_default
        return frozenset(Right[each] for each in given) or DEFAULT.kept_by_default

    def limits(self) -> Limits:
        """Read `DBEP_MAX_…` for every limit."""
        defaults = msgspec.structs.asdict(Limits())
        limits = Limits(
            **{
                name: int(self.number(f"MAX_{name.upper()}", default, 1, 1_000_000_000))
                for name, default in defaults.items()
            }
        )
        for name in ("person_cost", "client_cost"):
            if limits.operation_cost > getattr(limits, name):
                self._wrong(f"MAX_{name.upper()}", "must be at least DBEP_MAX_OPERATION_COST")
        return limits

    def for_development(self, name: str, value: str) -> str:
        """Read a text that only a developer's machine has a value for."""
        return self.text(name, value if self._is_development else _REQUIRED)

    def secret(self, name: str, known: str) -> str:
        """Read a secret; the one that everybody knows from here is none in production."""
        given = self.for_development(name, known)
        if given == known and not self._is_development:
            self._wrong(name, "must be a secret of your own, not the one for development")
        return given

    def retention(self, name: str) -> float:
        """Read how many years something is kept, 0 for ever; a slip must not empty it at once."""
        given = self.number(name, 0, 0, 1000)
        if 0 < given < 1 and not self._is_development:
            self._wrong(name, "must be 0, which is for ever, or a number from 1 to 1000")
        return given

    def key(self, name: str, value: str) -> str:
        """Read a secret that hashes or seals are made with; a short one could be guessed."""
        given = self.secret(name, value)
        if given and len(given) < SHORTEST_KEY:
            self._wrong(name, f"must have {SHORTEST_KEY} characters or more")
        return given

    def _must_be_https(self, name: str, url: str) -> None:
        unsafe = url.startswith("http://") and urlsplit(url).hostname not in _LOOPBACK
        if unsafe and not self._is_development:
            self._wrong(name, "must be https in production, unless it is on this machine")

    def _wrong(self, name: str, what: str) -> None:
        self.problems.append(f"{PREFIX}{name} {what}.")


def _is_url(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.netloc or parts.path)
