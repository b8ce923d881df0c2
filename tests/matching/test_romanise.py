"""Every script reaches a comparable Latin form."""

from __future__ import annotations

import pytest

from screening.matching.romanise import latin, runs


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Erdoğan", "erdogan"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Ротенберг", "rotenberg"),
        ("Αθήνα", "athina"),
        ("محمد", "~mhmd"),
        ("ישראל", "~ysrl"),
        ("华为", "huawei"),
        ("トヨタ", "toyota"),
        ("김정은", "kimjeongeun"),
        ("ธนาคาร", "~thnakhar"),
        ("ភ្នំពេញ", "~phnampenh"),
        ("ລາວ", "~lav"),
        ("မြန်မာ", "~mrnma"),
        ("საქართველო", "sakartvelo"),
        ("Հայաստան", "hayastan"),
        ("Qa'ida", "qaida"),
        ("7075", "7075"),
    ],
)
def test_a_word_of_any_script_is_written_in_latin(word: str, expected: str) -> None:
    assert latin(word) == expected


def test_words_keep_their_places_in_the_text() -> None:
    assert [(run.text, run.start, run.end) for run in runs("ООО «Ромашка» 华为Ltd")] == [
        ("ООО", 0, 3),
        ("Ромашка", 5, 12),
        ("华为", 14, 16),
        ("Ltd", 16, 19),
    ]


def test_text_without_a_letter_or_digit_has_no_words() -> None:
    assert runs(" -- ;/… «»") == []
    assert runs("") == []
