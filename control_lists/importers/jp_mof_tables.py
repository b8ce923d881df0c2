"""What the sheets and columns of the Japanese asset-freeze list mean, in both forms in which it was published.

A title or header is compared without blanks and with full-width letters made plain. A header that is not here stops the import.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from control_lists.importers.japanese_names import plain

Kind = Literal["person", "organisation"]


class Regime(NamedTuple):
    """A sheet's programme, and what its parties are; None where it holds persons and organisations."""

    programme: str
    kind: Kind | None


_P: Kind = "person"
_O: Kind = "organisation"

# The workbook's sheets by title; the CSV of 2026 names them by the same numbers only.
SHEETS: dict[int, tuple[str, Regime]] = {
    1: ("ミロシェビッチ前ユーゴ大統領関係者", Regime("YUGOSLAVIA", _P)),
    2: ("タリバーン関係者等", Regime("TALIBAN", None)),
    3: ("テロリスト等(1)", Regime("TERRORISM", None)),
    4: ("テロリスト等(2)", Regime("TERRORISM", None)),
    5: ("イラク前政権関係者等(I)", Regime("IRAQ", _P)),
    6: ("イラク前政権関係者等(II)", Regime("IRAQ-STATE-BODIES", _O)),
    7: ("イラク前政権関係者等(III)", Regime("IRAQ", _O)),
    9: ("コンゴ民主共和国(個人)", Regime("DRC", _P)),
    10: ("コンゴ民主共和国(団体)", Regime("DRC", _O)),
    12: ("スーダン", Regime("SUDAN", None)),
    13: ("北朝鮮(決議1695号)", Regime("DPRK-1695", None)),
    14: ("北朝鮮(決議1718号等;団体)", Regime("DPRK-1718", _O)),
    15: ("北朝鮮(決議1718号等;個人)", Regime("DPRK-1718", _P)),
    16: ("北朝鮮(協調;団体)", Regime("DPRK-AUTONOMOUS", _O)),
    17: ("北朝鮮(協調;個人)", Regime("DPRK-AUTONOMOUS", _P)),
    19: ("イラン(個人)", Regime("IRAN", _P)),
    20: ("イラン(団体)", Regime("IRAN", _O)),
    21: ("ソマリア", Regime("SOMALIA", None)),
    22: ("リビア(I)", Regime("LIBYA-EASED", None)),
    23: ("リビア(II)", Regime("LIBYA", None)),
    24: ("シリア(個人)", Regime("SYRIA", _P)),
    25: ("シリア(団体)", Regime("SYRIA", _O)),
    26: ("クリミア等(個人)", Regime("UKRAINE", _P)),
    27: ("クリミア等(団体)", Regime("UKRAINE", _O)),
    28: ("ロシア連邦(団体(特定銀行を除く))", Regime("RUSSIA", _O)),
    29: ("ロシア連邦(個人)", Regime("RUSSIA", _P)),
    30: ("ロシア連邦(特定銀行)", Regime("RUSSIA-BANKS", _O)),
    31: ("ベラルーシ(個人)", Regime("BELARUS", _P)),
    32: ("ベラルーシ(団体(特定銀行を除く))", Regime("BELARUS", _O)),
    33: ("ベラルーシ(特定銀行)", Regime("BELARUS-BANKS", _O)),
    34: ("ロシア及びベラルーシ以外(団体(特定銀行を除く))", Regime("THIRD-COUNTRIES", _O)),
    35: ("ロシア及びベラルーシ以外(個人)", Regime("THIRD-COUNTRIES", _P)),
    36: ("ロシア及びベラルーシ以外(特定銀行)", Regime("THIRD-COUNTRIES", _O)),
    37: ("中央アフリカ共和国(個人)", Regime("CAR", _P)),
    38: ("中央アフリカ共和国(団体)", Regime("CAR", _O)),
    39: ("イエメン共和国", Regime("YEMEN", None)),
    40: ("南スーダン", Regime("SOUTH-SUDAN", None)),
    41: ("マリ共和国", Regime("MALI", None)),
    42: ("ハイチ共和国(個人)", Regime("HAITI", _P)),
    43: ("イスラエル", Regime("ISRAELI-SETTLERS", None)),
    44: ("ハイチ共和国(団体)", Regime("HAITI", _O)),
}

# Titles of other editions, before a sheet was parted by persons and organisations or renamed.
OLDER_TITLES: dict[str, Regime] = {
    "コンゴ民主共和国": Regime("DRC", None),
    "イラン": Regime("IRAN", None),
    "シリア": Regime("SYRIA", None),
    "クリミア等": Regime("UKRAINE", None),
    "ロシア連邦(団体)": Regime("RUSSIA", _O),
    "ロシア連邦(銀行)": Regime("RUSSIA-BANKS", _O),
    "ベラルーシ(団体)": Regime("BELARUS", _O),
    "ロシア及びベラルーシ以外(団体)": Regime("THIRD-COUNTRIES", _O),
    "ロシア及びベラルーシ以外": Regime("THIRD-COUNTRIES", None),
    "中央アフリカ共和国": Regime("CAR", None),
    "ハイチ": Regime("HAITI", None),
    "ハイチ共和国": Regime("HAITI", None),
    "イスラエルの入植者": Regime("ISRAELI-SETTLERS", None),
}

COLUMNS: dict[str, str] = {
    # What the entry is.
    "区分": "sheet", "番号": "id", "個人・団体": "kind", "告示日付": "notices", "告示番号": "number",
    # Names: Latin, Japanese, and by quality.
    "英語表記": "latin", "氏名(英語)": "latin", "日本語表記": "japanese", "氏名(日本語)": "japanese",
    "別名": "alias", "別称": "alias", "別名・別称": "alias", "別称・別名": "alias", "別称・旧称": "alias", "確定可能な別名": "alias",
    "別名・別称(日本語)": "alias", "別名・別称(英語)": "alias",
    "旧称": "former", "旧称・以前の呼称": "former", "以前の別名": "former", "過去の別名": "former",
    "旧称(日本語)": "former", "旧称(英語)": "former",
    "確定に十分でない別名": "weak", "確定に十分でない別名(日本語)": "weak", "確定に十分でない別名(英語)": "weak",
    # The person.
    "称号": "title", "称号(日本語)": "title", "称号(英語)": "title",
    "役職": "position", "役職(日本語)": "position", "役職(英語)": "position", "肩書": "position", "肩書等": "position",
    "生年月日": "born", "生年月日・出生地": "born_at",
    "出生地": "birth_place", "出生地・出身地": "birth_place", "出生地(日本語)": "birth_place", "出生地(英語)": "birth_place",
    "国籍": "nationality", "国籍(日本語)": "nationality", "国籍(英語)": "nationality",
    "旅券番号": "passport", "ID番号": "national", "身分登録番号": "national", "身分証番号": "national",
    # Where the party is.
    "住所": "address", "所在地": "address", "住所・所在地": "address", "住所等": "address",
    "活動地域・住所": "address", "活動地域": "address",
    "所在地・住所登録された事務所の住所": "address",
    "住所・所在地(国)(日本語)": "country", "住所・所在地(国)(英語)": "country",
    "住所・所在地(都市その他の情報)(日本語)": "address", "住所・所在地(都市その他の情報)(英語)": "address",
    "電話": "phone", "電話番号": "phone", "FAX": "fax",
    # Why and since when.
    "リスト掲載日": "designated", "国連制裁委員会による指定日": "designated", "国連制裁員会による指定日": "designated",
    "国連参照番号": "un_reference",
    "指定の根拠": "basis", "決議1483上の根拠": "basis", "詳細": "other", "その他の情報": "other",
    "外務省告示情報": "notice_text",
}  # fmt: skip

# The columns that only the sheets' persons have filled, if only with 不明.
OF_PERSONS = frozenset({"title", "position", "born", "born_at", "birth_place", "nationality", "passport", "national"})

_LEADING_NUMBER = re.compile(r"^(\d+)\.")


def squeezed(text: str) -> str:
    """A title or header with plain letters and without blanks."""
    return re.sub(r"\s+", "", plain(text))


def sheet_title(name: str) -> tuple[int | None, str]:
    """The number in front of a sheet's name, and its title.

    >>> sheet_title("20.イラン (団体)")
    (20, 'イラン(団体)')
    """
    text = squeezed(name)
    number = _LEADING_NUMBER.match(text)
    return (int(number[1]) if number else None), text[number.end() :] if number else text


def regime_of_title(title: str) -> Regime | None:
    """The regime of a sheet by its title, or None."""
    return next((regime for known, regime in SHEETS.values() if known == title), None) or OLDER_TITLES.get(title)
