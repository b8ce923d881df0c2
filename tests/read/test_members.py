"""Folders, ZIP and gzip files: every file in them is read or is a reject, under a name that finds it again."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from screening.errors import DeclarationFormatError
from screening.read import ReadOptions, read
from tests.read.conftest import whole

SAD = "<ASYCUDA><Item><Goods_description><Commercial_Description>{}</Commercial_Description></Goods_description></Item></ASYCUDA>"


def zipped(**entries: str | bytes) -> bytes:
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name.replace("_IN_", "/").replace("_DOT_", "."), content)
        return buffer.getvalue()


def test_the_files_of_a_folder_are_read_one_after_another(reference: Any, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.xml").write_text(SAD.format("valve"))
    (folder / "b.csv").write_text("description\npump\n")
    (folder / "c.xml").write_text("<ASYCUDA><Item>")
    (folder / "deep" / "d.xml").write_text(SAD.format("motor"))
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".hidden").write_text("x")
    found = whole(list(read(folder, ReadOptions(reference))))
    assert sorted(found.items.select("source_file", "source_row", "description").rows()) == [
        ("inbox/a.xml", 1, "valve"),
        ("inbox/b.csv", 2, "pump"),
        ("inbox/deep/d.xml", 1, "motor"),
    ]
    assert [(r["file"], r["row"]) for r in found.rejects.iter_rows(named=True)] == [("inbox/notes.pdf", 1), ("inbox/c.xml", 1)]
    assert found.rejects["reason"][0] == "is a PDF; export the table behind it as CSV"
    assert found.rejects["reason"][1].startswith("line 1: is not well-formed XML")


def test_the_files_of_an_archive_are_named_after_it(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "day.zip"
    path.write_bytes(
        zipped(one_DOT_xml=SAD.format("valve"), sub_IN_two_DOT_csv="description\npump\n", inner_DOT_zip=zipped(x="y"), __MACOSX_IN_j="z")
    )
    found = whole(list(read(path, ReadOptions(reference))))
    assert sorted(found.items["source_file"]) == ["day.zip/one.xml", "day.zip/sub/two.csv"]
    assert sorted(found.items["declaration_id"]) == ["one", "two:2"]
    assert found.rejects.select("file", "reason").rows() == [("day.zip/inner.zip", "is an archive in an archive; unpack it first")]


def test_a_gzip_file_is_read_as_what_it_packs(reference: Any, tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(SAD.format("valve").encode()))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"description\npump\n"))
    found = whole(list(read([tmp_path / "a.xml.gz", tmp_path / "b.csv.gz"], ReadOptions(reference))))
    assert sorted(found.items.select("source_file", "declaration_id", "description").rows()) == [
        ("a.xml.gz", "a", "valve"),
        ("b.csv.gz", "b:2", "pump"),
    ]


def test_an_archive_that_unpacks_beyond_measure_is_refused(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped(bomb_DOT_csv=b"description\n" + b"0" * 80_000_000, good_DOT_csv="description\npump\n"))
    found = whole(list(read(path, ReadOptions(reference))))
    assert found.items["description"].to_list() == ["pump"]
    assert found.rejects["file"].to_list() == ["bomb.zip/bomb.csv"]
    assert "unpacks to more than" in found.rejects["reason"][0]


def test_a_damaged_archive_gives_what_is_whole(reference: Any, tmp_path: Path) -> None:
    content = bytearray(zipped(one_DOT_xml=SAD.format("valve"), two_DOT_xml=SAD.format("pump")))
    content[content.index(b"one.xml") + 12] ^= 0xFF
    path = tmp_path / "day.zip"
    path.write_bytes(bytes(content))
    found = whole(list(read(path, ReadOptions(reference))))
    assert found.items["description"].to_list() == ["pump"]
    assert found.rejects["file"].to_list() == ["day.zip/one.xml"]


def test_a_single_file_of_no_form_is_refused_and_one_among_others_is_a_reject(reference: Any, tmp_path: Path) -> None:
    other, good = tmp_path / "other.xml", tmp_path / "good.xml"
    other.write_text("<Invoice/>")
    good.write_text(SAD.format("valve"))
    with pytest.raises(DeclarationFormatError, match=r"^other\.xml: .*root is <Invoice>"):
        list(read(other, ReadOptions(reference)))
    found = whole(list(read([other, good], ReadOptions(reference))))
    assert (found.items.height, found.rejects["file"].to_list()) == (1, ["other.xml"])


def test_empty_folders_and_archives_are_refused(reference: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.zip").write_bytes(zipped())
    for name in ("empty", "empty.zip"):
        with pytest.raises(DeclarationFormatError, match="holds no file"):
            list(read(tmp_path / name, ReadOptions(reference)))


def test_the_size_of_the_parts_changes_nothing(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "day.zip"
    path.write_bytes(zipped(**{f"f{n}_DOT_xml": SAD.format(f"valve {n}") if n % 3 else "<ASYCUDA" for n in range(10)}))
    large, small = (whole(list(read(path, ReadOptions(reference), part_rows=rows))) for rows in (1000, 2))
    for name in ("source_file", "source_row", "description"):
        assert large.items[name].to_list() == small.items[name].to_list()
    assert large.rejects.rows() == small.rejects.rows()
    assert large.items.height + large.rejects.height == 10
