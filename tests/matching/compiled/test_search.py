"""The compiled search finds the very pairs, with the very scores, of the slow reference."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from screening.matching.compiled import search
from screening.matching.compiled.search import CompiledNames, least_score
from screening.matching.reference import search_names
from screening.matching.types import WordTables
from tests.matching.compiled.worlds import TABLES, world

ORDER = {"by": ["declared", "score", "listed"], "descending": [False, True, False]}


@pytest.mark.parametrize("part", range(10))
def test_search_equals_the_reference_on_adversarial_worlds(part: int) -> None:
    for number in range(part * 50, part * 50 + 50):
        declared, listed, threshold = world(number)
        found = CompiledNames(listed, TABLES).search(declared, threshold).sort(**ORDER)
        assert found.rows() == search_names(declared, listed, TABLES, threshold), number


def test_scoring_every_pair_equals_the_reference_on_adversarial_worlds() -> None:
    for number in range(500, 550):
        declared, listed, threshold = world(number)
        found = CompiledNames(listed, TABLES).search(declared, threshold, is_exhaustive=True).sort(**ORDER)
        assert found.rows() == search_names(declared, listed, TABLES, threshold), number


def test_the_bounds_lose_nothing_that_scoring_every_pair_finds() -> None:
    listed = list(dict.fromkeys(name for number in range(60) for name in world(number)[1]))
    declared = list(dict.fromkeys(name for number in range(60, 250) for name in world(number)[0]))
    assert len(listed) * len(declared) > 1_000_000
    index = CompiledNames(listed, TABLES, threads=2)
    every = CompiledNames(listed, TABLES, threads=2)
    for threshold in (50.0, 65.0, 80.0, 90.0):
        expected = every.search(declared, threshold, is_exhaustive=True).sort(**ORDER)
        assert index.search(declared, threshold).sort(**ORDER).equals(expected)


def test_searches_in_turn_and_in_threads_give_the_same() -> None:
    chance = random.Random("turns")
    listed = list(dict.fromkeys(name for number in range(40) for name in world(number)[1]))
    declared = list(dict.fromkeys(name for number in range(40, 80) for name in world(number)[0]))
    one, two = CompiledNames(listed, TABLES), CompiledNames(listed, TABLES, threads=2)
    expected = one.search(declared, 70.0, is_exhaustive=True).sort(**ORDER)
    assert two.search(declared, 70.0).sort(**ORDER).equals(expected)
    for _ in range(3):
        chance.shuffle(declared)
        assert one.search(declared, 70.0).sort(**ORDER).equals(two.search(declared, 70.0).sort(**ORDER))


def test_forgetting_words_changes_no_answer() -> None:
    listed = list(dict.fromkeys(name for number in range(20) for name in world(number)[1]))
    index = CompiledNames(listed, TABLES)
    index.most_words = 5
    for number in range(20, 40):
        declared = world(number)[0]
        expected = CompiledNames(listed, TABLES).search(declared, 65.0).rows()
        assert index.search(declared, 65.0).rows() == expected


@pytest.mark.parametrize("places", [1, 4, 1 << 12])
def test_what_is_remembered_of_words_written_together_changes_no_answer(places: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "REMEMBERED", places)
    listed = list(dict.fromkeys(name for number in range(30) for name in world(number)[1]))
    declared = list(dict.fromkeys(name for number in range(30, 90) for name in world(number)[0]))
    index = CompiledNames(listed, TABLES)
    for threshold in (80.0, 60.0, 60.0):
        expected = CompiledNames(listed, TABLES).search(declared, threshold, is_exhaustive=True)
        assert index.search(declared, threshold).sort(**ORDER).equals(expected.sort(**ORDER))


def test_no_names_give_no_pairs() -> None:
    assert CompiledNames([], TABLES).search(["gazprom"], 80.0).height == 0
    assert CompiledNames([""], TABLES).search(["gazprom", ""], 0.0).height == 0
    assert CompiledNames(["gazprom"], TABLES).search([], 80.0).height == 0
    assert CompiledNames(["gazprom"], TABLES).search(["gazprom"], 100.5).height == 0


@pytest.mark.parametrize(("threshold", "least"), [(0.0, 1), (80.0, 8000), (72.55, 7255), (72.551, 7256), (100.0, 10_000), (100.1, 10_001)])
def test_the_least_score_is_the_first_that_reaches_the_threshold(threshold: float, least: int) -> None:
    assert least_score(threshold) == least


def test_names_with_very_many_words_and_letters_are_searched() -> None:
    listed = ["gazprom " * 60, "j " * 70 + "gazprom", "x" * 900, "gaz prom " * 40, " ".join(f"neft{'a' * i}" for i in range(60))]
    declared = ["gazprom", "gaz prom " * 30, "x" * 899, "J. Gazprom j. p. m. Bank", " ".join(f"neft{'a' * i}" for i in range(55))]
    for threshold in (0.0, 60.0, 80.0):
        found = CompiledNames(listed, TABLES).search(declared, threshold).sort(**ORDER)
        assert found.rows() == search_names(declared, listed, TABLES, threshold)


def test_comparing_two_names_loads_no_compiler() -> None:
    code = "import sys; from screening import compare_names; compare_names('Gazprom', 'Gasprom'); sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_second_process_runs_from_the_kept_code() -> None:
    CompiledNames(["Gazprom Neft"], TABLES).search(["Gasprom Neft"], 80.0)
    code = (
        "import warnings; warnings.simplefilter('error')\n"
        "from screening.matching.compiled.search import CompiledNames\nfrom screening.matching.types import WordTables\n"
        "print(CompiledNames(['Gazprom Neft'], WordTables()).search(['Gasprom Neft'], 80.0).rows())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("[(0, 0, ")


def test_a_kept_index_gives_the_same_and_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    declared, listed, _ = world(7)
    expected = CompiledNames(listed, TABLES).search(declared, 50.0)
    assert CompiledNames(listed, TABLES, prepared=tmp_path).search(declared, 50.0).equals(expected)
    (folder,) = tmp_path.iterdir()
    assert CompiledNames(listed, TABLES, prepared=tmp_path).search(declared, 50.0).equals(expected)
    for file in sorted(folder.glob("*.npy"))[::3]:
        file.write_bytes(file.read_bytes()[:-1])
    assert CompiledNames(listed, TABLES, prepared=tmp_path).search(declared, 50.0).equals(expected)


def test_other_names_or_words_have_an_index_of_their_own(tmp_path: Path) -> None:
    for listed, tables in ((["Gazprom"], TABLES), (["Gasprom"], TABLES), (["Gazprom"], WordTables())):
        assert CompiledNames(listed, tables, prepared=tmp_path).search(["Gazprom"], 50.0).height == 1
    assert len(list(tmp_path.iterdir())) == 3


def test_an_index_that_cannot_be_kept_is_still_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert CompiledNames(["Gazprom"], TABLES, prepared=tmp_path / "file").search(["Gazprom"], 50.0).height == 1


def test_where_nothing_can_be_kept_it_is_said_and_answered_all_the_same(tmp_path: Path) -> None:
    code = (
        "import pathlib\nfrom screening.matching.compiled import kernel\nkernel._folders = lambda: [pathlib.Path('/dev/null')]\n"
        "@kernel.kernel\ndef one(x):\n    return x + 1\nprint(one(1))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "2")
    assert "compiled code can be kept in no folder" in ran.stderr
