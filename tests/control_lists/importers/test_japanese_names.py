"""Names in cells of Japanese lists."""

from __future__ import annotations

import pytest

from control_lists.importers.japanese_names import NameReader, plain, trimmed

READER = NameReader(lambda text: text.casefold() in ("kenya", "namibia", "ケニア"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Delta Works FZE （DWF）", [("Delta Works FZE", "strong"), ("DWF", "weak")]),
        ("Alpha Institute of Neutrons (AIN), Second Bureau", [("Alpha Institute of Neutrons, Second Bureau", "strong"), ("AIN", "weak")]),
        ("Orient Corporation（ORC）Ninth Works", [("Orient Corporation Ninth Works", "strong"), ("ORC", "weak")]),
        ("Blue River Trading\n（青河貿易会社）", [("Blue River Trading", "strong"), ("青河貿易会社", "strong")]),
        ("Group of the Path（Band of Sand（BS））", [("Group of the Path", "strong"), ("Band of Sand", "strong"), ("BS", "weak")]),
        ("Hope Foundation（KENYA）", [("Hope Foundation(KENYA)", "strong")]),
        ("Harbour Construction (Namibia) CC", [("Harbour Construction (Namibia) CC", "strong")]),
        ("Metal Works (Pvt) Ltd.", [("Metal Works (Pvt) Ltd.", "strong")]),
        ("Northern Systems Ltd. (Western branch)", [("Northern Systems Ltd. (Western branch)", "strong")]),
        ("JSC Salud (Salyd)", [("JSC Salud", "strong"), ("JSC Salyd", "strong")]),
        ("OMAR BIN TEST\n(original script: عمر بن تست )", [("OMAR BIN TEST", "strong"), ("عمر بن تست", "strong")]),
        ("OMAR TEST(original script：不明)", [("OMAR TEST", "strong")]),
        ("Self-proclaimed “Free Harbour(Harbor) Republic”", [("Free Harbour Republic", "strong"), ("Free Harbor Republic", "strong")]),
        (
            "FIRST AIR SERVICE（FAS）、 SECOND TRADE HOUSE（STH）",
            [("FIRST AIR SERVICE", "strong"), ("FAS", "weak"), ("SECOND TRADE HOUSE", "strong"), ("STH", "weak")],
        ),
    ],
)
def test_a_name_is_read_with_what_stands_in_brackets_behind_it(text: str, names: list[tuple[str, str]]) -> None:
    assert READER.one(text).names == names


def test_a_person_s_bracketed_words_are_other_spellings() -> None:
    names = [name for name, _ in READER.one("Ivan(Iwan) TESTOV(TESTOW/TIESTOV)", is_person=True).names]
    assert names == ["Ivan TESTOV", "Ivan TESTOW", "Ivan TIESTOV", "Iwan TESTOV", "Iwan TESTOW", "Iwan TIESTOV"]
    kana = [name for name, _ in READER.one("イヴァン（イワン）・テストフ", is_person=True).names]
    assert kana == ["イヴァン・テストフ", "イワン・テストフ"]
    assert READER.one("Dmitri(Dmitrij, Dmytro)Testov", is_person=True).names[1] == ("Dmitrij Testov", "strong")


def test_spellings_are_bounded() -> None:
    text = " ".join(f"Name{n}(Nama{n}/Nami{n}/Namu{n})" for n in range(9))
    assert len(READER.one(text, is_person=True).names) == 64


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("(a)甲野(b)乙野\n(a.k.a.: (a)Kono (b)Otsuno)", ["甲野", "乙野", "Kono", "Otsuno"]),
        ("(a)ルムリ（Rumuri）、\n(b)「カワ（Kawa）」、", ["ルムリ", "Rumuri", "カワ", "Kawa"]),
        ("甲会社、乙会社\nALPHA COMPANY, LTD, BETA COMPANY, LTD", ["甲会社", "乙会社", "ALPHA COMPANY, LTD", "BETA COMPANY, LTD"]),
        ("アリ、ベン\n（Ali, Ben）", ["アリ", "ベン", "Ali", "Ben"]),
        ("（a）TESTER, Ali（b）TESTOR, Ali", ["TESTER, Ali", "TESTOR, Ali"]),
        ("甲; 乙\nOne; Two; Three", ["甲", "乙", "One", "Two", "Three"]),
        (
            "（別称、甲研究所、乙研究所及び丙社）\n(a.k.a. Kou; a.k.a. Otsu; a.k.a. Hei)",
            ["甲研究所", "乙研究所", "丙社", "Kou", "Otsu", "Hei"],
        ),
        ("（別称、甲研究及び製造社、乙社）\n(a.k.a. Kou; a.k.a. Otsu)", ["甲研究及び製造社", "乙社", "Kou", "Otsu"]),
        ("アリ\n (also known as Ali TESTER)", ["アリ", "Ali TESTER"]),
        ("不明", []),
    ],
)
def test_a_cell_of_other_names_is_parted(cell: str, names: list[str]) -> None:
    assert [name for name, _ in READER.cell(cell).names] == names


def test_marks_of_former_names_are_heeded() -> None:
    former = READER.cell("（旧称、甲銀行）\n(f.k.a. Old Bank; a.k.a. New Bank)").names
    assert former == [("甲銀行", "former"), ("Old Bank", "former"), ("New Bank", "strong")]
    headed = READER.cell("（別称）甲社\nKou Ltd\n（旧称）乙社\nOtsu Ltd").names
    assert headed == [("甲社", "strong"), ("Kou Ltd", "strong"), ("乙社", "former"), ("Otsu Ltd", "former")]


def test_notes_are_no_names() -> None:
    reading = READER.cell(
        "(a)アリ（1970年7月1日某国にて出生）(以前掲載の氏名) (b)ベン（戦闘員名）\n(a.k.a.: (a)Ali, born 1 Jul. 1970 in X (b)Ben)"
    )
    assert reading.names == [("アリ", "former"), ("ベン", "strong"), ("Ali", "strong"), ("Ben", "strong")]
    assert "1970年7月1日某国にて出生" in reading.notes


def test_letters_are_made_plain() -> None:
    assert plain("ＡＢＣ（１）\r\n") == "ABC(1)\n"
    assert trimmed("「カワ」; and") == "カワ"
    assert trimmed("Two tigers）".replace("）", ")")) == "Two tigers"
