"""Seeded declarations of any size in the likeness of real ones: repetition, dirt, several scripts, and planted truths.

A batch of n rows draws on about 0.3 n distinct descriptions and 0.3 n distinct names, the frequent ones first, as a customs system's day
does. About one row in a thousand is a listed good and one in a thousand names a listed party; ``truth`` says which.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from benchmarks.declared_names import FORMS, TRADES, declared_names
from control_lists.editions import EditionStore
from control_lists.snapshot import Snapshot

SHARE_DISTINCT, SHARE_PLANTED = 0.3, 0.001
CHUNK = 500_000  # rows made and written at once
PACKAGES = ("CTNS", "PKGS", "PCS", "BAGS", "ROLLS", "PALLETS", "CASES", "BALES", "DRUMS", "SETS")
QUALITIES = ("NEW", "USED", "ASSORTED", "WHITE", "BLACK", "LARGE", "SMALL", "STAINLESS", "INDUSTRIAL", "HOUSEHOLD", "SPARE", "GALVANISED")
FOREIGN = (
    "塑料碗", "棉质衬衫", "不锈钢螺丝", "汽车配件", "陶瓷砖", "ПЛАСТИКОВАЯ ПОСУДА", "ЗАПЧАСТИ ДЛЯ ТРАКТОРА", "ОБУВЬ ЖЕНСКАЯ",
    "PIÈCES DE RECHANGE POUR CAMION", "CARREAUX CÉRAMIQUE", "REPUESTOS PARA AUTOMÓVIL", "CAMISAS DE ALGODÓN", "ERSATZTEILE FÜR PUMPEN",
    "เสื้อผ้าฝ้าย", "គ្រឿងបន្លាស់រថយន្ត", "자동차 부품", "プラスチック容器",
)  # fmt: skip
HS = (
    "392410", "610910", "640399", "690721", "731815", "732393", "841370", "842139", "850440", "851762", "852872", "870829", "870899",
    "940161", "940360", "950300", "100630", "200290", "330499", "340220", "401110", "420292", "480256", "490199", "520942", "540752",
    "611020", "620342", "700529", "721049", "761699", "820559", "841582", "844332", "847130", "848180", "851220", "853650", "854449",
    "901890", "902610", "903289", "940540", "961900",
)  # fmt: skip
COUNTRIES = ("VN", "KH", "TR", "BR", "IN", "TH", "LA", "MN", "PH", "ID", "KE", "EG", "MX", "AE", "KZ", "CN")
GOODS = (
    ("SODIUM CYANIDE 98 PCT IN DRUMS", "1C350"), ("THIODIGLYCOL", "1C350"), ("PHOSPHORUS TRICHLORIDE 99 PCT", "1C350"),
    ("ALUMINIUM ALLOY TUBE 7075-T6 OD 104 MM UTS 560 MPA", "1C202"), ("ISOSTATIC PRESS 100 MPA CHAMBER ID 300 MM", "2B204"),
    ("THERMAL IMAGING CAMERA UNCOOLED 60 HZ", "6A003"), ("FREQUENCY CHANGER 1000 HZ 100 W THREE PHASE FOR CENTRIFUGE", "3A225"),
    ("MARAGING STEEL C350 BARS", "1C216"), ("TRIETHANOLAMINE 99 PCT CAS 102-71-6", "1C350"),
)  # fmt: skip


class Truth(NamedTuple):
    """What was planted where: ``declaration_id``, ``kind`` (goods or party) and the entry or listed name."""

    declaration_id: str
    kind: str
    expected: str


def descriptions(count: int, words: Sequence[str], goods: Sequence[str], seed: int) -> list[str]:
    """So many distinct descriptions of ordinary goods, the shorter a customs line the more of them."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[_description(chance, words, goods)] = None
    return list(found)


def traders(words: Sequence[str], seed: int, count: int = 20_000) -> list[str]:
    """Firms called by ordinary words, as most are: what other names are recombined from."""
    chance = random.Random(seed)
    called = [word.title() for word in words if len(word) > 3]
    return [
        f"{' '.join(chance.choices(called, k=chance.randint(1, 2)))} {chance.choice(TRADES)} {chance.choice(FORMS)}" for _ in range(count)
    ]


def _description(chance: random.Random, words: Sequence[str], goods: Sequence[str]) -> str:
    kind = chance.random()
    if kind < 0.03:
        text = f"{chance.choice(FOREIGN)} {chance.randint(1, 99_999)}"
    elif kind < 0.45:
        text = f"{chance.choice(QUALITIES)} {chance.choice(goods)} {' '.join(chance.choices(words, k=chance.randint(0, 2)))}"
    else:
        text = " ".join(chance.choices(words, k=chance.randint(2, 5)))
    if chance.random() < 0.5:
        text = f"{chance.randint(1, 900)} {chance.choice(PACKAGES)} {text}"
    if chance.random() < 0.3:
        text = f"{text} REF {chance.choice('ABCDKMX')}{chance.randint(1, 99_999)}"
    return _dirty(" ".join(text.split()).upper(), chance)


def _dirty(text: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.02 and len(text) > 8:
        place = chance.randrange(1, len(text) - 1)
        return text[:place] + text[place + 1 :]
    if kind < 0.06:
        return text[: chance.choice((35, 50))].rstrip()
    if kind < 0.10:
        return text.lower()
    if kind < 0.12:
        return text.replace(" ", "  ", 2)
    return text + "_x000D_" if kind < 0.125 else text


def write_declarations(
    path: Path, rows: int, listed: Sequence[str], given: Sequence[str], words: Sequence[str], goods: Sequence[str], seed: int = 1
) -> list[Truth]:
    """A CSV of ``rows`` items and 12 columns at ``path``; gives what was planted in it."""
    distinct = max(int(rows * SHARE_DISTINCT), 10)
    texts = pl.Series(descriptions(distinct, words, goods, seed))
    names = pl.Series(declared_names(listed, traders(words, seed), given, distinct, seed))
    truth: list[Truth] = []
    with path.open("wb") as out:
        for first in range(0, rows, CHUNK):
            frame, planted = _rows(first, min(CHUNK, rows - first), texts, names, listed, np.random.default_rng((seed, first)))
            frame.write_csv(out, include_header=first == 0)
            truth += planted
    return truth


def _rows(
    first: int, count: int, texts: pl.Series, names: pl.Series, listed: Sequence[str], chance: np.random.Generator
) -> tuple[pl.DataFrame, list[Truth]]:
    def drawn(pool: pl.Series) -> pl.Series:
        return pool.gather((len(pool) * chance.random(count) ** 1.5).astype(np.int64))

    def one_of(values: Sequence[str]) -> pl.Series:
        return pl.Series(values).gather(chance.integers(0, len(values), count))

    frame = pl.DataFrame(
        {
            "declaration_id": pl.select(pl.format("D{}", pl.int_range(first, first + count))).to_series(),
            "declared_on": one_of([f"2026-11-{day:02}" for day in range(16, 21)]),
            "export_country": one_of(("DE", "NL", "FR")),
            "destination_country": one_of(COUNTRIES),
            "hs_code": one_of(HS),
            "description": drawn(texts),
            "net_mass_kg": chance.integers(1, 20_000, count),
            "value": chance.integers(100, 200_000, count),
            "exporter_name": drawn(names),
            "exporter_country": one_of(("DE", "NL", "FR")),
            "consignee_name": drawn(names),
            "consignee_country": one_of(COUNTRIES),
        }
    )
    truth: list[Truth] = []
    described, consignees, codes = (frame.get_column(name).to_list() for name in ("description", "consignee_name", "hs_code"))
    for place in np.flatnonzero(chance.random(count) < SHARE_PLANTED).tolist():
        described[place], code = GOODS[int(chance.integers(len(GOODS)))]
        codes[place] = None
        truth.append(Truth(f"D{first + place}", "goods", code))
    for place in np.flatnonzero(chance.random(count) < SHARE_PLANTED).tolist():
        consignees[place] = listed[int(chance.integers(len(listed)))]
        truth.append(Truth(f"D{first + place}", "party", consignees[place]))
    planted = {"description": described, "consignee_name": consignees, "hs_code": codes}
    return frame.with_columns(pl.Series(name, values) for name, values in planted.items()).select(frame.columns), truth


def main() -> None:
    """Writes a batch and its truths: ``python -m benchmarks.declarations --rows 100000 OUT.csv TRUTH.parquet``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("out", type=Path)
    parser.add_argument("truth", type=Path)
    asked = parser.parse_args()
    store = EditionStore(Path(os.environ["STC_HOME"]) / "lists") if "STC_HOME" in os.environ else None
    snapshot = Snapshot.open(store=store)
    listed = sorted({name for loaded in snapshot.lists.values() for name in loaded.entities.frame.get_column("name") if len(name) > 6})
    given = [word for group in snapshot.name_words if group.kind == "given_name" for word in group.words]
    words, goods = snapshot.words_of("ordinary_words"), snapshot.words_of("ordinary_goods")
    truth = write_declarations(asked.out, asked.rows, listed, given, words, goods, asked.seed)
    pl.DataFrame(truth, schema=list(Truth._fields), orient="row").write_parquet(asked.truth)


if __name__ == "__main__":
    main()
