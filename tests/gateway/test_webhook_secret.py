from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag

from gateway.webhook_secret import WebhookSecrets

KEY = "a-key-of-32-characters-or-more-of-them"


def test_what_is_shown_is_what_signs_and_what_is_kept_does_not_show_it() -> None:
    shown, sealed = WebhookSecrets(KEY).new("whk_1")
    secret = WebhookSecrets(KEY).open(sealed, "whk_1")
    assert shown == "whsec_" + base64.b64encode(secret).decode()
    assert len(secret) == 32
    assert secret not in sealed


def test_no_two_are_alike() -> None:
    secrets = WebhookSecrets(KEY)
    assert secrets.new("whk_1")[0] != secrets.new("whk_1")[0]


def test_it_is_of_no_use_to_another_webhook_or_under_another_key() -> None:
    _, sealed = WebhookSecrets(KEY).new("whk_1")
    with pytest.raises(InvalidTag):
        WebhookSecrets(KEY).open(sealed, "whk_2")
    with pytest.raises(InvalidTag):
        WebhookSecrets(KEY + "x").open(sealed, "whk_1")
