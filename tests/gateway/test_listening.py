from __future__ import annotations

import socket

import pytest

from gateway.listening import CannotListen, listen


def test_an_answer_s_body_does_not_wait_for_the_receipt_of_its_head() -> None:
    with listen("gateway", "127.0.0.1", 0, "DBEP_PORT") as listener:
        with socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_one_sentence_that_says_where_to_choose_another() -> None:
    with listen("gateway", "127.0.0.1", 0, "DBEP_PORT") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=f"127.0.0.1:{port} .*set DBEP_PORT"):
            listen("gateway", "127.0.0.1", port, "DBEP_PORT")


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux has it")
def test_a_client_that_receives_nothing_is_given_up_after_a_minute() -> None:
    with listen("gateway", "127.0.0.1", 0, "DBEP_PORT") as listener:
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000
        client.close()
        accepted.close()
