from __future__ import annotations

from local.people import PEOPLE
from tests.docs.story import Curl, steps


def test_a_command_is_read_as_a_shell_would() -> None:
    read = Curl.read('curl -s http://x/y -H \'A: b c\' \\\n  -d "{\\"code\\": \\"$it\\"}"\n')
    assert read == Curl("http://x/y", "POST", {"A": "b c"}, '{"code": "$it"}')
    assert Curl.read("curl -s -X DELETE http://x").method == "DELETE"


def test_each_step_is_somebody_s_and_is_answered() -> None:
    for step in steps():
        assert step.answer is not None, f"{step.number} shows no answer"
        assert step.command or PEOPLE[step.person].title == step.name, f"{step.number}: who is it?"
