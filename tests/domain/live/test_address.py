from __future__ import annotations

import pytest

from domain.live.address import AddressFault, Reach, fault_of, is_literal, may_reach

PUBLIC = Reach()
ANYWHERE = Reach(plain=True, private=True)
PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "::1", "fc00::1"),
    *("fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
)
NEVER = (
    *("169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "0.0.0.0", "::"),
    *("224.0.0.1", "ff02::1", "255.255.255.255", "240.0.0.1", "fe80::1", "fe80::1%eth0"),
    *("fec0::1", "2002:7f00:1::", "2001:0:1::1", "100.64.0.1", "::7f00:1", "64:ff9b:1::1"),
    *("", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "::ffff:127.0.0.1.example"),
)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_the_public_internet_may_be_reached(address: str) -> None:
    assert may_reach(address, PUBLIC)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_private_may_be_reached_only_where_a_setting_says_so(address: str) -> None:
    assert not may_reach(address, PUBLIC)
    assert may_reach(address, ANYWHERE)


@pytest.mark.parametrize("address", NEVER)
def test_what_is_nobody_s_service_is_never_reached(address: str) -> None:
    assert not may_reach(address, PUBLIC)
    assert not may_reach(address, ANYWHERE)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "1.2.3.4", "::1", "0177.0.0.1"])
def test_what_would_be_taken_for_an_address_is_no_name(host: str) -> None:
    assert is_literal(host)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://vendor.example/hook?key=1", None),
        ("https://8.8.8.8/hook", None),
        ("https://[2606:4700::1111]:8443/hook", None),
        ("http://vendor.example/hook", AddressFault.NOT_HTTPS),
        ("ftp://vendor.example/hook", AddressFault.NOT_HTTPS),
        ("file:///etc/passwd", AddressFault.NO_URL),
        ("https://", AddressFault.NO_URL),
        ("/hook", AddressFault.NO_URL),
        ("https://vendor.example:99999/", AddressFault.NO_URL),
        ("https://[::1/", AddressFault.NO_URL),
        ("https://vendor.example/ hook", AddressFault.NO_URL),
        ("https://vendør.example/", AddressFault.NO_URL),
        ("https://vendor.example/\r\nx", AddressFault.NO_URL),
        ("https://vendor.example/" + "x" * 2_000, AddressFault.NO_URL),
        ("https://user:word@vendor.example/", AddressFault.CREDENTIALS),
        ("https://@vendor.example/", AddressFault.CREDENTIALS),
        ("https://vendor.example/#part", AddressFault.CREDENTIALS),
        ("https://127.0.0.1/", AddressFault.SPECIAL),
        ("https://127.1/", AddressFault.SPECIAL),
        ("https://2130706433/", AddressFault.SPECIAL),
        ("https://[::ffff:127.0.0.1]/", AddressFault.SPECIAL),
        ("https://169.254.169.254/latest", AddressFault.SPECIAL),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: str, fault: AddressFault | None) -> None:
    assert fault_of(url, PUBLIC) is fault


def test_a_developer_s_machine_may_be_told_in_plain() -> None:
    assert fault_of("http://127.0.0.1:9000/hook", ANYWHERE) is None
    assert fault_of("http://127.0.0.1:9000/hook", Reach(private=True)) is AddressFault.NOT_HTTPS
