"""Our own apps' operations: each fits the schema, and none that doesn't is ever served."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.types import Message

from domain.registered_operation import id_of
from domain.writing.validation.text import identity_numbers
from gateway import own_operations
from gateway.app import create_app
from gateway.documents import Documents
from gateway.limits import Limits
from gateway.own_operations import OwnOperationsRefused
from schema import schema
from tests.gateway import graph
from tests.gateway.graph import Recorder
from tests.gateway.serving import a_settings

FILES = own_operations.read()


def documents(of: object = schema) -> Documents:
    return Documents(of._schema, Limits(), is_production=True)  # type: ignore[attr-defined]  # graphql-core's own


def test_there_are_some() -> None:
    assert {"MyPlan.graphql", "Worklist.graphql", "PlanView.graphql"} <= FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_each_fits_the_schema_and_the_limits(name: str) -> None:
    [found] = own_operations.known({name: FILES[name]}, documents()).values()
    assert found.text == FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_each_is_one_operation_named_as_its_file_and_speaks_of_nobody(name: str) -> None:
    [operation] = documents().get(FILES[name]).operations
    assert operation.name == Path(name).name.partition(".")[0]
    assert not list(identity_numbers(FILES[name], name))


def test_files_are_read_from_folders_too_with_every_byte(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "A.graphql").write_bytes(b"query A { hello }\r\n")
    (tmp_path / "notes.md").write_text("not one")
    files = own_operations.read(tmp_path)
    assert files == {"app/A.graphql": "query A { hello }\r\n"}
    known = own_operations.known(files, documents(graph.schema))
    assert list(known) == [id_of(b"query A { hello }\r\n")]


def test_everything_that_is_wrong_is_told_at_once_with_file_and_line() -> None:
    files = {
        "Good.graphql": "{ hello }",
        "Two.graphql": "{\n  nothing\n  never\n}",
        "No.graphql": "{",
        "Schema.graphql": "{ __schema { description } }",
    }
    with pytest.raises(OwnOperationsRefused) as caught:
        own_operations.known(files, documents(graph.schema))
    told = str(caught.value).splitlines()
    where = ["Two.graphql:2", "Two.graphql:3", "No.graphql:1", "Schema.graphql:1"]
    assert [line.partition(": ")[0] for line in told[1:]] == where
    assert told[1].endswith("Cannot query field 'nothing' on type 'Query'.")


async def test_an_operation_that_does_not_fit_stops_the_start_with_the_reason() -> None:
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        told.append(message)

    recorder = Recorder(own_operations={"Bad.graphql": "{ nothing }"})
    app = create_app(a_settings(), recorder.compose)
    with pytest.raises(OwnOperationsRefused):
        await app({"type": "lifespan", "state": {}}, receive, send)
    [failed] = told
    assert failed["type"] == "lifespan.startup.failed"
    assert "does not start" in failed["message"]
    assert "Bad.graphql:1: Cannot query field 'nothing' on type 'Query'." in failed["message"]
