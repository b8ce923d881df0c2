"""The script of a name, from its first letter that is not Latin."""

from __future__ import annotations

import unicodedata

# The first word of a letter's Unicode name, and the ISO 15924 code.
_CODES = {
    "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana",
    "HANGUL": "Hang", "THAI": "Thai", "KHMER": "Khmr", "LAO": "Laoo", "MYANMAR": "Mymr", "GEORGIAN": "Geor", "ARMENIAN": "Armn",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml", "TELUGU": "Telu", "SINHALA": "Sinh", "ETHIOPIC": "Ethi",
    "TIBETAN": "Tibt", "MONGOLIAN": "Mong", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "THAANA": "Thaa", "SYRIAC": "Syrc",
    "MALAYALAM": "Mlym", "KANNADA": "Knda", "BOPOMOFO": "Bopo",
}  # fmt: skip


def script_of(name: str) -> str | None:
    """The ISO 15924 code of the first letter that is not Latin, or None.

    >>> script_of("Иванов"), script_of("華為 Huawei"), script_of("Müller")
    ('Cyrl', 'Hani', None)
    """
    if name.isascii():
        return None
    for letter in name:
        if letter.isalpha() and not letter.isascii():
            code = _CODES.get(unicodedata.name(letter, "").split(" ")[0].split("-")[0])
            if code is not None:
                return code
    return None
