from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from domain.plan.template import PlanTemplate, TemplateStatus
from store.template import FOLDER, TemplateStore, read
from tests.templates import TEMPLATE

FILES = sorted(FOLDER.glob("*.json"))


def test_the_templates_that_were_asked_for_are_there() -> None:
    assert {each.id for each in TemplateStore.packaged().all()} >= {
        *("kols", "hjertesvikt", "astma_barn", "diabetes1_barn"),
        *("kriseplan", "palliasjon_barn", "individuell_plan"),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_holds_nothing_that_is_not_understood(path: Path) -> None:
    assert read(path).version >= 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"kind":', '"kin": 1, "kind":'),
        ('"title": "Plan"', '"title": "Plan", "whatMatterToMe": "x"'),
        ('"condition":', '"handling": "x", "condition":'),
        ('"low":', '"isExempel": true, "low":'),
    ],
)
def test_a_misspelt_member_is_refused_wherever_it_stands(
    tmp_path: Path, before: str, after: str
) -> None:
    path = written_to(tmp_path, TEMPLATE)
    assert read(path) == TEMPLATE
    text = path.read_text(encoding="utf-8").replace(":", ": ").replace(before, after)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"unknown members: \$\."):
        read(path)


def test_a_file_that_is_named_for_another_version_is_refused(tmp_path: Path) -> None:
    path = written_to(tmp_path, TEMPLATE)
    with pytest.raises(ValueError, match="not named"):
        read(path.rename(tmp_path / "kols.4.json"))


def written_to(folder: Path, template: PlanTemplate) -> Path:
    path = folder / f"{template.id}.{template.version}.json"
    path.write_bytes(msgspec.json.encode(template))
    return path


def test_every_version_is_found_and_the_newest_is_shown() -> None:
    old, new = replace(TEMPLATE, version=9), replace(TEMPLATE, version=10)
    store = TemplateStore([new, old])
    assert store.all() == (new,)
    assert store.by_id("kols") == new
    assert store.by_id("kols", 9) == old
    assert store.by_id("kols", 8) is None
    assert store.by_id("astma") is None


def test_retired_templates_are_still_found() -> None:
    retired = replace(TEMPLATE, status=TemplateStatus.RETIRED)
    assert TemplateStore([retired]).all() == (retired,)
