"""What an officer does, page by page, without a script running."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import UTC, datetime

from screening.review import By
from screening.serve.evidence import marked
from tests.serve.conftest import People, token_of, valve

DECLARED = """declaration_id,export_country,destination_country,description,consignee_name
P-1,DE,VN,"thermal imaging camera, uncooled, 60 Hz",Quite Ordinary Trading
P-2,DE,FR,cotton shirts <b>&amp;</b>,Plain Shop
"""


def test_a_value_that_settles_a_criterion_is_filled_in_and_asked_again(people: People) -> None:
    stated = {"description": "isostatic press", "export_country": "DE", "destination_country": "VN"}
    first = people.post("officer", "/goods", **stated).text
    assert 'name="attr_working_pressure"' in first
    assert 'class="criterion not_stated"' in first
    small = people.post("officer", "/goods", **stated, attr_working_pressure="10 MPa", attr_inner_diameter="100 mm").text
    assert 'class="criterion not_met"' in small
    assert 'name="attr_working_pressure" value="10 MPa"' in small


def test_a_party_is_shown_with_its_aligned_words(people: People) -> None:
    text = people.post("viewer", "/party", party_name="Korea Mining Development Trading Corp", country="KP").text
    assert "KOREA MINING DEVELOPMENT TRADING CORPORATION" in text
    assert "<td>corp</td><td>corporation</td>" in text


def test_what_says_nothing_is_refused_in_words(people: People) -> None:
    answer = people.post("officer", "/goods", description=" ")
    assert answer.status_code == 422
    assert "states no description" in answer.text
    assert people.post("officer", "/goods", description="valve", as_of="tomorrow").status_code == 422


def test_a_batch_becomes_cases_that_are_decided_and_exported(people: People) -> None:
    client = people.page("officer")
    token = token_of(client.get("/batches").text)
    sent = client.post("/batches", data={"form_token": token}, files={"files": ("../../morning.csv", DECLARED.encode(), "text/csv")})
    place = sent.headers["location"]
    for _ in range(600):
        text = client.get(place).text
        if 'http-equiv="refresh"' not in text:
            break
        time.sleep(0.1)
    assert "2 items and 0 rejects" in text
    assert client.get(f"{place}/results").content[:2] == b"PK"
    assert people.post("officer", f"{place}/cases").headers["location"] == "/cases"
    (row,) = [one for one in people.office.cases.queue() if one.declaration_id == "P-1" and one.jurisdiction == "EU"]
    here = f"/cases/{row.case_id}"
    shown = client.get(here).text
    assert ">thermal imaging camera, uncooled</mark>" in shown or ">thermal imaging camera</mark>" in shown
    assert "Quite Ordinary Trading" in shown
    done = people.post("officer", f"{here}/disposition", finding="true_match:good_is_listed", version=1, text="<i>sheet seen</i>")
    assert done.status_code == 303
    after = client.get(here).text
    assert "&lt;i&gt;sheet seen&lt;/i&gt;" in after
    stale = people.post("officer", f"{here}/note", version=1, text="late")
    assert stale.status_code == 409
    assert "changed meanwhile" in stale.text
    exported = client.get(f"{here}/export")
    assert "case.json" in zipfile.ZipFile(io.BytesIO(exported.content)).namelist()


def test_against_a_precedent_only_who_saw_it_decides(people: People) -> None:
    boss = By("supervisor", "supervisor", datetime.now(UTC))
    words = "VERY SPECIAL GASKET OF THE PRECEDENT TEST"
    one, other = people.office.cases.open_cases([valve(people.office, name, description=words) for name in ("X-1", "X-2")], boss).opened
    done = people.office.cases.decide(one, "false_positive", "other_good", boss, 1)
    if done.awaits_second:
        people.office.cases.confirm(one, By("supervisor2", "supervisor", datetime.now(UTC)), 2)
    finding = {"finding": "true_match:good_is_listed", "version": 1}
    refused = people.post("officer", f"/cases/{other}/disposition", **finding)
    assert refused.status_code == 409
    assert 'name="contradiction_seen"' in refused.text
    assert people.office.cases.case(other).state.version == 1
    assert people.post("officer", f"/cases/{other}/disposition", **finding, contradiction_seen="1").status_code == 303
    assert people.office.cases.case(other).state.version == 2


def test_pages_speak_the_language_asked_for(people: People) -> None:
    client = people.page("viewer")
    for language, word in (("fr", "Vérifier un bien"), ("km", "ពិនិត្យទំនិញ"), ("en", "Check a good")):
        text = client.get("/goods", headers={"Accept-Language": language}).text
        assert f'<html lang="{language}">' in text
        assert word in text


def test_every_field_has_a_label(people: People) -> None:
    for path in ("/goods", "/party", "/batches", "/cases", "/cases/1"):
        text = people.page("officer").get(path).text
        named = set(re.findall(r'<label[^>]* for="([\w-]+)"', text))
        fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", text)
        bare = [f for f in fields if 'type="hidden"' not in f and 'type="checkbox"' not in f]
        assert {re.search(r'id="([\w-]+)"', f).group(1) for f in bare if re.search(r'id="', f)} <= named  # type: ignore[union-attr]
        assert all("id=" in f for f in bare)


def test_spans_that_do_not_hold_their_words_mark_nothing() -> None:
    assert [piece.found for piece in marked("ball valve", [{"start": 0, "end": 4, "declared": "bell", "listed": "x"}])] == [""]
