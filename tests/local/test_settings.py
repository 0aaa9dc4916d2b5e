"""What a run is made from, and when its preparation must be done again."""

from pathlib import Path

import pytest

from local.process import CannotStart
from local.settings import changed, erasure_log, read_ports, read_world


def test_prepared_once_is_enough(tmp_path: Path) -> None:
    stamp, result = tmp_path / "stamp", tmp_path / "world.json"
    assert changed(stamp, "a", result)
    stamp.write_text("a")
    result.touch()
    assert not changed(stamp, "a", result)
    assert changed(stamp, "b", result)
    result.unlink()
    assert changed(stamp, "a", result)


def test_other_peoples_data_is_part_of_the_fingerprint(tmp_path: Path) -> None:
    patients = tmp_path / "deep" / "Patient.ndjson"
    patients.parent.mkdir()
    patients.write_text("{}\n")
    world = read_world(["--data", str(tmp_path)])
    before = world.fingerprint()
    assert before == world.fingerprint() != read_world([]).fingerprint()
    patients.write_text("{}\n{}\n")
    assert world.fingerprint() != before


def test_folder_without_data_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"no \.ndjson files"):
        read_world(["--data", str(tmp_path)])


def test_port_that_is_none_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBEP_PORT", "70000")
    with pytest.raises(CannotStart, match="DBEP_PORT=70000 is not a port"):
        read_ports()


def test_one_database_s_erasures_are_not_run_on_another() -> None:
    own, other = "postgresql://127.0.0.1/one", "postgresql://127.0.0.1/two"
    assert len({erasure_log(None), erasure_log(own), erasure_log(other)}) == 3
    assert erasure_log(own) == erasure_log(own)
    assert "127" not in erasure_log(own)
