"""Requests meet the offers that a person would choose; drafts speak of the gaps and of nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from screening.authored import read_csv
from screening.errors import UsageError
from screening.obligations.assistance import rank, requests
from screening.obligations.matrix import Cell
from screening.obligations.models import Offer, Request, State

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def offers() -> list[Offer]:
    return read_csv(DATA / "assistance_offers.csv", Offer)


@pytest.fixture(scope="module")
def labelled() -> list[tuple[Request, str]]:
    with (DATA / "assistance_requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row, row.pop("offer")) for row in csv.DictReader(file)]
    several = ("classes", "languages", "types")
    return [(Request(**{**row, **{n: tuple(filter(None, row[n].split(";"))) for n in several}}), offer) for row, offer in rows]  # type: ignore[arg-type]


def test_each_of_twenty_requests_has_its_offer_among_the_first_three(offers: list[Offer], labelled: list[tuple[Request, str]]) -> None:
    assert (len(offers), len(labelled)) == (20, 20)
    missed = [(r.id, wanted) for r, wanted in labelled if wanted not in [one.offer.id for one in rank(r, offers, 3)]]
    assert missed == []


def test_by_its_words_alone_a_request_still_finds_most(offers: list[Offer], labelled: list[tuple[Request, str]]) -> None:
    blind = [(r.model_copy(update={"subject": "unknown", "classes": ()}), wanted) for r, wanted in labelled]
    found = sum(wanted in [one.offer.id for one in rank(r, offers, 3)] for r, wanted in blind)
    assert found >= 14


def test_reasons_name_what_fits(offers: list[Offer], labelled: list[tuple[Request, str]]) -> None:
    first = rank(labelled[9][0], offers)[0]
    assert first.offer.id == "O10"
    assert first.reasons[:5] == (
        "subject transit",
        "every class of weapons",
        "region Middle East",
        "language Arabic",
        "type legislative review",
    )


def test_an_offer_with_neither_subject_nor_words_is_none() -> None:
    offer = Offer(id="O", provider="P", subjects=("transit",), regions=("global",), text="free zones and container hubs")
    request = Request(id="R", state="S", subject="penalties", region="Africa", text="prosecutors want a course")
    assert rank(request, [offer]) == []


def test_a_draft_is_made_for_each_row_with_gaps_and_names_its_classes() -> None:
    def cell(measure: str, weapon: str, status: str) -> Cell:
        return Cell(measure, "OP3(d)", "Control of transit", "transit", weapon, status, detail="No rule.")  # type: ignore[arg-type]

    cells = [
        cell("t", "nuclear", "gap"), cell("t", "chemical", "covered"), cell("u", "nuclear", "covered"), cell("v", "nuclear", "not_stated"),
    ]  # fmt: skip
    (draft,) = requests(cells, State(name="Zedland", region="Africa"), {"nuclear": "Nuclear", "chemical": "Chemical"})
    assert (draft.id, draft.classes, draft.region) == ("t", ("nuclear",), "Africa")
    assert "operative paragraph 3(d)" in draft.text
    assert "control of transit (nuclear). What is there: No rule." in draft.text


def test_a_faulty_file_of_offers_ends_in_file_and_row(tmp_path: Path) -> None:
    path = tmp_path / "offers.csv"
    path.write_text("id,provider,subjects,regions,text\nO1,,transit,global,x\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"offers\.csv: row 2: provider"):
        read_csv(path, Offer)
