"""How labelled sets are read, and how an answer is judged."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.goods_quality import Answer, Labelled, answers, rank, read_set, shares

_DATA = Path(__file__).parents[1] / "data"


def test_an_enquiry_and_a_product_are_read_with_five_character_codes(tmp_path: Path) -> None:
    enquiry = {"id": "1", "query": "A lathe?", "primary_label": "ECCN-2B001", "validated_labels": ["ECCN-2B001", "ECCN-2B201"]}
    product = {"id": "2", "item_name": "Controller", "description": "168 MHz", "gold_eccn": "3A991.a.2"}
    ours = {"id": "3", "query": "A pump?", "label": "0A001", "accept": ["0E001"], "jurisdiction": "EU"}
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, (enquiry, product, ours))), encoding="utf-8")
    assert read_set(path) == [
        Labelled("1", "A lathe?", ("2B001", "2B201"), "US"),
        Labelled("2", "Controller. 168 MHz", ("3A991",), "US"),
        Labelled("3", "A pump?", ("0A001", "0E001"), "EU"),
    ]


def test_the_first_right_code_counts_and_a_wrong_answer_has_no_rank() -> None:
    good = Labelled("1", "frequency converter", ("3A225", "3A999"), "US")
    assert rank(good, Answer(("3B001", "3A999", "3A225"), "REVIEW")) == 2
    assert rank(good, Answer(("3B001",), "REVIEW")) is None
    assert rank(good, Answer((), "NO_FINDING")) is None


def test_shares_are_per_cent_of_all_goods() -> None:
    assert shares([1, 3, 5, None]) == {"goods": 4, "first_1": 25.0, "first_3": 50.0, "first_5": 75.0}
    assert shares([]) == {"goods": 0, "first_1": 0.0, "first_3": 0.0, "first_5": 0.0}


def test_goods_are_asked_under_their_own_law_and_codes_not_repeated() -> None:
    goods = [Labelled("us", "thiodiglycol", ("1C350",), "US"), Labelled("eu", "thiodiglycol", ("1C350",), "EU")]
    given = answers(goods, "VN")
    assert given["us"].codes[0] == given["eu"].codes[0] == "1C350"
    assert all(len(set(answer.codes)) == len(answer.codes) for answer in given.values())
    assert given["us"].flag == "LICENCE_REQUIRED"


def test_the_labelled_sets_can_be_read_and_name_no_good_twice() -> None:
    for name in ("enquiries.jsonl", "products.jsonl"):
        goods = read_set(_DATA / name)
        assert len({good.id for good in goods}) == len({good.text for good in goods}) == len(goods)
        assert all(len(code) == 5 for good in goods for code in good.codes)
