"""The compiled search finds the very pairs, with the very scores, of the slow reference."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from screening.matching import MatchIndex, name_search
from screening.matching.compiled.search import CompiledNames, least_score
from screening.matching.lexicon import Lexicon
from screening.matching.name_index import NameIndex
from screening.matching.reference import search_names
from screening.matching.types import WordTables
from screening.parties.names import shipped_word_tables
from tests.matching.compiled.worlds import TABLES, world

LEXICON = Lexicon(TABLES)
ORDER = {"by": ["declared", "score", "listed"], "descending": [False, True, False]}


@pytest.mark.parametrize("part", range(10))
def test_search_equals_the_reference_on_adversarial_worlds(part: int) -> None:
    for number in range(part * 50, part * 50 + 50):
        declared, listed, threshold = world(number)
        found = CompiledNames(listed, LEXICON).search(declared, threshold).sort(**ORDER)
        assert found.rows() == search_names(declared, listed, TABLES, threshold), number


def test_searches_in_turn_and_in_threads_give_the_same() -> None:
    chance = random.Random("turns")
    listed = [name for number in range(40) for name in world(number)[1]]
    listed = list(dict.fromkeys(listed))
    declared = list(dict.fromkeys(name for number in range(40, 80) for name in world(number)[0]))
    one, two = CompiledNames(listed, LEXICON), CompiledNames(listed, LEXICON, threads=2)
    expected = NameIndex(listed, TABLES).search(declared, 70.0).sort(**ORDER).rows()
    assert one.search(declared, 70.0).sort(**ORDER).rows() == expected
    for _ in range(3):
        chance.shuffle(declared)
        assert one.search(declared, 70.0).sort(**ORDER).rows() == two.search(declared, 70.0).sort(**ORDER).rows()


def test_forgetting_words_changes_no_answer() -> None:
    listed = list(dict.fromkeys(name for number in range(20) for name in world(number)[1]))
    index = CompiledNames(listed, LEXICON)
    index.most_words = 5
    for number in range(20, 40):
        declared = world(number)[0]
        expected = NameIndex(listed, TABLES).search(declared, 65.0).sort(**ORDER).rows()
        assert index.search(declared, 65.0).sort(**ORDER).rows() == expected


def test_the_bounds_lose_nothing_that_scoring_every_pair_finds() -> None:
    listed = list(dict.fromkeys(name for number in range(60) for name in world(number)[1]))
    declared = list(dict.fromkeys(name for number in range(60, 250) for name in world(number)[0]))
    assert len(listed) * len(declared) > 1_000_000
    index = CompiledNames(listed, LEXICON, threads=2)
    for threshold in (50.0, 65.0, 80.0, 90.0):
        every = index.search(declared, threshold, is_exhaustive=True).sort(**ORDER)
        assert index.search(declared, threshold).sort(**ORDER).equals(every)


def test_no_names_give_no_pairs() -> None:
    assert CompiledNames([], LEXICON).search(["gazprom"], 80.0).height == 0
    assert CompiledNames([""], LEXICON).search(["gazprom", ""], 0.0).height == 0
    assert CompiledNames(["gazprom"], LEXICON).search([], 80.0).height == 0
    assert CompiledNames(["gazprom"], LEXICON).search(["gazprom"], 100.5).height == 0


@pytest.mark.parametrize(("threshold", "least"), [(0.0, 1), (80.0, 8000), (72.55, 7255), (72.551, 7256), (100.0, 10_000), (100.1, 10_001)])
def test_the_least_score_is_the_first_that_reaches_the_threshold(threshold: float, least: int) -> None:
    assert least_score(threshold) == least


def test_names_with_very_many_words_and_letters_are_searched() -> None:
    listed = ["gazprom " * 60, "j " * 70 + "gazprom", "x" * 900, "gaz prom " * 40, " ".join(f"neft{'a' * i}" for i in range(60))]
    declared = ["gazprom", "gaz prom " * 30, "x" * 899, "J. Gazprom j. p. m. Bank", " ".join(f"neft{'a' * i}" for i in range(55))]
    for threshold in (0.0, 60.0, 80.0):
        found = CompiledNames(listed, LEXICON).search(declared, threshold).sort(**ORDER)
        assert found.rows() == search_names(declared, listed, TABLES, threshold)


def test_a_large_search_is_compiled_and_a_small_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    listed, declared = ["Gazprom Neft", "Mohammed bin Salman"], ["Gasprom Neft", "Muhammad bin Salman"]
    small = MatchIndex.names(listed, shipped_word_tables())
    expected = small.search(declared, 50.0).rows()
    assert small._inner._compiled is None  # type: ignore[union-attr]
    monkeypatch.setattr(name_search, "MANY_LISTED", 1)
    large = MatchIndex.names(listed, shipped_word_tables())
    assert large.search(declared, 50.0).rows() == expected
    assert large._inner._compiled is not None  # type: ignore[union-attr]


def test_without_numba_the_slow_way_answers_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_search, "MANY_LISTED", 1)
    monkeypatch.setattr(name_search, "find_spec", lambda _: None)
    index = MatchIndex.names(["Gazprom Neft"], WordTables())
    with pytest.warns(RuntimeWarning, match="pip install numba"):
        assert index.search(["Gazprom Neft"], 80.0).rows() == [(0, 0, 100.0)]


def test_comparing_two_names_loads_no_compiler() -> None:
    code = "import sys; from screening import compare_names; compare_names('Gazprom', 'Gasprom'); sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_second_process_runs_from_the_kept_code() -> None:
    code = (
        "from screening.matching.compiled.search import CompiledNames\nfrom screening.matching.lexicon import Lexicon\n"
        "from screening.matching.types import WordTables\n"
        "print(CompiledNames(['Gazprom Neft'], Lexicon(WordTables())).search(['Gasprom Neft'], 80.0).rows())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "[(0, 0, 96.5)]"), ran.stderr
