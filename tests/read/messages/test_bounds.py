"""A message made to fill the memory is a reject, and the next file is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening.read import ReadOptions, read
from screening.read.messages import record, source, xml
from tests.read.conftest import whole

GOOD = "<ASYCUDA><Item><Goods_description><Commercial_Description>valve</Commercial_Description></Goods_description></Item></ASYCUDA>"


def screened(reference: Any, folder: Path, content: str, name: str = "a.xml") -> Any:
    (folder / name).write_text(content)
    (folder / "b.xml").write_text(GOOD)
    return whole(list(read(folder, ReadOptions(reference))))


def test_a_declaration_of_too_many_values_is_refused(reference: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_VALUES", 100)
    found = screened(reference, tmp_path, f"<ASYCUDA>{'<Item/>' * 10}</ASYCUDA>")
    assert found.items["description"].to_list() == ["valve"]
    assert ["holds more than 100 values" in reason for reason in found.rejects["reason"]] == [True]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", f"<ASYCUDA><Q>{'x' * 500}</Q>{GOOD[9:-10] * 50}</ASYCUDA>"),
        ("a.edi", f"UNB+UNOA:1'UNH+1+CUSDEC:D:96B'FTX+AAI+++{'x' * 500}'{chr(39).join(f'CST+{n}' for n in range(50))}'UNT+1+1'"),
    ],
)
def test_a_header_is_not_said_of_items_without_measure(
    reference: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    monkeypatch.setattr(record, "MAX_JOINED_BYTES", 10_000)
    found = screened(reference, tmp_path, content, name)
    own = found.items.filter(source_file=f"{tmp_path.name}/{name}").height
    refused = found.rejects.filter(file=f"{tmp_path.name}/{name}")["reason"].to_list()
    assert own + len(refused) < 20
    assert "says more than 10000 bytes" in refused[-1]
    assert "valve" in found.items.filter(source_file=f"{tmp_path.name}/b.xml")["description"].to_list()


def test_a_part_ends_where_its_texts_become_much(reference: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_PART_BYTES", 20)
    (tmp_path / "a.xml").write_text(f"<ASYCUDA>{GOOD[9:-10] * 20}</ASYCUDA>")
    parts = list(read(tmp_path / "a.xml", ReadOptions(reference)))
    assert len(parts) > 5
    assert sum(part.items.height for part in parts) == 20
    assert [row for part in parts for row in part.items["source_row"]] == list(range(1, 21))


def test_beyond_a_number_of_paths_the_rest_is_kept_together(reference: Any, tmp_path: Path) -> None:
    strange = "".join(f"<Q{n}>v{n}</Q{n}>" for n in range(400))
    (tmp_path / "a.xml").write_text(GOOD.replace("<Item>", f"<Item>{strange}"))
    (found,) = read(tmp_path / "a.xml", ReadOptions(reference))
    assert found.extra.width < 320
    assert "v399" in found.extra["asycuda_sad:other elements"][0]
