from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import structs

from domain.content.goal import Achievement, Target
from domain.content.line import ContentSection, Line
from domain.revision.field_change import changes, told
from domain.words import own
from tests.domain.lines import a_goal, a_limit, a_medicine, a_zone

LABELS = {
    (ContentSection.PROBLEMS, "p1"): own("KOLS"),
    (ContentSection.PROBLEMS, "p2"): own("Astma"),
}


def changed(field: str, before: Any, after: Any) -> dict[str, tuple[list[str], list[str]]]:
    lines = [Line(field=field, id="x", value=it) if it else None for it in (before, after)]
    found = changes(*(told(line, LABELS) for line in lines))
    return {
        change.field: ([it.nb for it in change.before], [it.nb for it in change.after])
        for change in found
    }


def names(field: str, before: Any, after: Any) -> list[tuple[str, str]]:
    lines = [Line(field=field, id="x", value=it) for it in (before, after)]
    found = changes(*(told(line, LABELS) for line in lines))
    return [(change.name.nb, change.name.en) for change in found]


def test_a_changed_field_is_told_by_its_path_with_what_it_said_and_says() -> None:
    target = Target(measure="Turer", value="3", due=date(2026, 6, 1))
    later = structs.replace(target, due=date(2026, 9, 1))
    assert changed("goals", a_goal(target=target), a_goal(target=later)) == {
        "target.due": (["1. juni 2026"], ["1. september 2026"])
    }


def test_a_noun_that_is_new_in_a_line_is_told_whole() -> None:
    target = Target(measure="Turer", value="3")
    assert changed("goals", a_goal(), a_goal(target=target)) == {
        "target": ([], ["hva som måles Turer, verdi å nå 3"])
    }


def test_a_single_value_is_its_own_field() -> None:
    assert changed("title", "Min plan", "Vår plan") == {"x": (["Min plan"], ["Vår plan"])}
    assert changed("period_end", date(2026, 6, 1), None) == {"x": (["1. juni 2026"], [])}


def test_a_blank_value_says_nothing() -> None:
    assert changed("description", "Ny", " ") == {"x": (["Ny"], [])}
    assert changed("description", " ", None) == {}


def test_a_new_line_tells_all_that_it_says_but_its_id() -> None:
    assert changed("medicines", None, a_medicine()) == {
        "medicine": ([], ["Bisoprolol"]),
        "instruction": ([], ["Hver morgen"]),
        "dose": ([], ["5 mg"]),
    }


def test_links_are_told_by_what_they_point_at() -> None:
    one, other = a_goal(problem_ids=("p1",)), a_goal(problem_ids=("p2", "p1"))
    assert changed("goals", one, other) == {"problemIds": (["KOLS"], ["Astma", "KOLS"])}


def test_a_link_to_nothing_is_told_by_the_id_it_has() -> None:
    assert changed("goals", a_goal(problem_ids=("p9",)), a_goal()) == {"problemIds": (["p9"], [])}


def test_a_limit_is_told_by_what_it_measures() -> None:
    pulse, weight = a_limit("Puls", high=100), a_limit("Kroppsvekt", high=94)
    heavier = structs.replace(weight, high=95.5)
    before, after = a_zone(thresholds=(weight, pulse)), a_zone(thresholds=(pulse, heavier))
    assert changed("zones", before, after) == {"thresholds[Kroppsvekt].high": (["94"], ["95,5"])}
    assert names("zones", before, after) == [
        ("øvre grense for «Kroppsvekt»", "upper limit of “Kroppsvekt”")
    ]


def test_a_limit_that_is_gone_is_told_whole() -> None:
    pulse, weight = a_limit("Puls", high=100), a_limit("Kroppsvekt", high=94)
    before, after = a_zone(thresholds=(weight, pulse)), a_zone(thresholds=(pulse,))
    assert changed("zones", before, after) == {
        "thresholds[Kroppsvekt]": (
            ["måling Kroppsvekt, enhet L/min, grunnlag faste tall, øvre grense 94"],
            [],
        )
    }


def test_a_limit_among_several_for_one_measure_is_told_alone() -> None:
    low, high = a_limit(high=50), a_limit(low=80)
    for both in ((low, high), (high, low)):
        found = changed("zones", a_zone(thresholds=(low,)), a_zone(thresholds=both))
        ((before, after),) = found.values()
        assert before == []
        assert after[0].endswith("nedre grense 80")


def test_somebody_s_own_words_are_quoted_and_ours_are_not() -> None:
    before = Line(field="goals", id="g1", value=a_goal())
    value = a_goal(description="Løpe", achievement=Achievement.ACHIEVED, priority=1)
    after = Line(field="goals", id="g1", value=value)
    found = changes(told(before, {}), told(after, {}))
    assert {change.field: change.is_quoted for change in found} == {
        "description": True,
        "achievement": False,
        "priority": False,
    }
