"""The other names of the Canadian list."""

from __future__ import annotations

import pytest

from control_lists.importers.ca_aliases import aliases


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Иван Зорин; Ivan Sorin", ["Иван Зорин", "Ivan Sorin"]),
        ("Ivan Sorin, Belarusian: Iван Зорын,  Russian\xa0: Иван Зорин", ["Ivan Sorin", "Iван Зорын", "Иван Зорин"]),
        ("Salim Karim \nArabic: سليم كريم", ["Salim Karim", "سليم كريم"]),
        ("Abbas Moradi Tehrani\n عباس مرادی", ["Abbas Moradi Tehrani", "عباس مرادی"]),
        ("Иван ЗОРИН / Iван ЗОРIН", ["Иван ЗОРИН", "Iван ЗОРIН"]),
        ("Иван Зорин and Iван Зорiн", ["Иван Зорин", "Iван Зорiн"]),
        ("Иван Зорин or Сорин", ["Иван Зорин", "Иван Сорин"]),
        ("Anna or Hanna Zorina, Anna Sorina", ["Anna Zorina", "Hanna Zorina", "Anna Sorina"]),
        ("Зорин, Иван Петрович", ["Иван Петрович Зорин"]),
        ("also Iwan Sorin, or Ivan Zorine", ["Iwan Sorin", "Ivan Zorine"]),
        ("(Иван ЗОРИН / Iван ЗОРIН", ["Иван ЗОРИН", "Iван ЗОРIН"]),
        ("Salim Karim, Salim al-Karim, al-Karim Salim", ["Salim Karim", "Salim al-Karim", "al-Karim Salim"]),
    ],
)
def test_the_names_of_a_person_are_told_apart(text: str, names: list[str]) -> None:
    assert [alias.text for alias in aliases(text, is_person=True, given="Ivan")] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alpha Holdings Pte. Ltd., Alpha Limited", ["Alpha Holdings Pte. Ltd.", "Alpha Limited"]),
        ("Станок, АО; АКЦИОНЕРНОЕ ОБЩЕСТВО \"СТАНОК\"", ["Станок, АО", "АКЦИОНЕРНОЕ ОБЩЕСТВО \"СТАНОК\""]),
        ("НПО Станок, АО or Акционерное Общество \"Станок\"", ["НПО Станок, АО", "Акционерное Общество \"Станок\""]),
        ("Министерство культуры, спорта и туризма", ["Министерство культуры, спорта и туризма"]),
        ("АО, Станок", ["АО Станок"]),
        ("Министерство or МинФин", ["Министерство", "МинФин"]),
        ("Завод «Винт, гайка», Винт", ["Завод «Винт, гайка»", "Винт"]),
        ("Bolt Works (bolts, nuts), Bolt", ["Bolt Works (bolts, nuts)", "Bolt"]),
        ("Bank for Development and Investment", ["Bank for Development and Investment"]),
        ("Bolt Advance Co. Ltd. and Bolt for Advanced Works Co. Ltd.", ["Bolt Advance Co. Ltd.", "Bolt for Advanced Works Co. Ltd."]),
        ("Gulf Works Company Limited     Arabic: شركة", ["Gulf Works Company Limited", "شركة"]),
        ("Russian: Открытое общество \"Болт\"/ ОАО \"Болт\"", ["Открытое общество \"Болт\"", "ОАО \"Болт\""]),
    ],
)  # fmt: skip
def test_the_names_of_an_organisation_are_told_apart(text: str, names: list[str]) -> None:
    assert [alias.text for alias in aliases(text, is_person=False)] == names


@pytest.mark.parametrize(
    ("text", "given", "quality"),
    [
        ("Andrei ", "Andrey Borisovich", "weak"),
        ("Motor", "Arseny", "weak"),
        ("Zinaida Vasilievna", "Zinaida Vasilieuna", "weak"),
        ("Salim Karim", "Salim Karim Hassan", "weak"),
        ("Nikolay or Nikolai / Vasilievich or Vasilyevich Maximov", "Mikalai", "weak"),
        ("Andrei Zorin", "Andrey Borisovich", "strong"),
        ("金山", "Jin", "strong"),
    ],
)
def test_a_name_that_cannot_stand_alone_is_weak(text: str, given: str, quality: str) -> None:
    assert [alias.quality for alias in aliases(text, is_person=True, given=given)] == [quality]


def test_a_short_abbreviation_of_an_organisation_is_weak() -> None:
    assert [(a.text, a.quality) for a in aliases("KGB, NIIAR, Bolt", is_person=False)] == [
        ("KGB", "weak"),
        ("NIIAR", "strong"),
        ("Bolt", "strong"),
    ]
