from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.outdated.fingerprint import Fingerprint, FingerprintKey
from domain.outdated.source_line import SourceLine
from domain.source.section import SectionName

KEY = FingerprintKey("a-secret-of-at-least-32-characters")
OTHER_KEY = FingerprintKey("another-secret-of-32-or-more-chars")
NORA, EMIL = "pat_1", "pat_2"

texts = st.one_of(st.none(), st.text())
a_line = st.builds(SourceLine, id=st.text(), says=st.tuples(texts, texts), is_current=st.booleans())


def of(*lines: SourceLine, key: FingerprintKey = KEY, patient: str = NORA) -> list[Fingerprint]:
    return list(key.of_lines(patient, SectionName.MEDICATIONS, lines))


def said(*words: str | None, id: str = "pll-1") -> SourceLine:
    return SourceLine(id=id, says=words, is_current=True)


def test_nothing_that_a_source_said_stands_in_a_fingerprint() -> None:
    kept = msgspec.json.encode(of(said("Frisium tab 10 mg", "1 tablett")))
    assert not any(word in kept for word in (b"Frisium", b"10 mg", b"pll-1", NORA.encode()))


def test_the_same_line_has_other_fingerprints_with_another_key_and_another_patient() -> None:
    (mine,) = of(said("Frisium"))
    (with_key,) = of(said("Frisium"), key=OTHER_KEY)
    (of_emil,) = of(said("Frisium"), patient=EMIL)
    assert len({mine.line, with_key.line, of_emil.line}) == 3
    assert len({mine.says, with_key.says, of_emil.says}) == 3
    assert KEY.id != OTHER_KEY.id


@given(a_line, a_line)
def test_two_fingerprints_are_the_same_when_the_lines_are(one: SourceLine, two: SourceLine) -> None:
    def tidy(line: SourceLine) -> list[str | None]:
        return [None if each is None else " ".join(each.split()) for each in line.says]

    (first,), (second,) = of(one), of(two)
    assert (first.line == second.line) is (one.id == two.id)
    assert (first.says == second.says) is (tidy(one) == tidy(two))


def test_words_do_not_run_into_each_other() -> None:
    assert of(said("ab", "c"))[0].says != of(said("a", "bc"))[0].says
    assert of(said("a", None))[0].says != of(said("a", ""))[0].says


def test_another_space_is_no_change() -> None:
    assert of(said("1  tablett ", "daglig")) == of(said("1 tablett", "daglig"))


def test_two_lines_under_one_id_are_one_in_whatever_order() -> None:
    one, two = said("Frisium"), said("Keppra")
    assert of(one, two) == of(two, one)
    assert len(of(one, two)) == 1
    assert of(one, two)[0].says != of(one)[0].says


def test_the_key_is_not_shown() -> None:
    assert repr(KEY) == "FingerprintKey()"
