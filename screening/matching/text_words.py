"""The words of many texts at once, as a frame: what ``trade_words`` gives of one text, for a million."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from screening.matching.romanise import runs
from screening.matching.trade_words import form

# The words of an ASCII text in lower case, as romanise.runs finds them, in a grammar without look-ahead.
_PLAIN_WORD = r"[a-z0-9]+(?:['`][a-z0-9]+)*"
_WORDS = {"text": pl.UInt32, "surface": pl.String}


def text_words(texts: Sequence[str]) -> pl.DataFrame:
    """``text`` (position), ``surface`` and ``form`` of every word, in the order of the texts and of the words within each."""
    frame = pl.DataFrame({"text": range(len(texts)), "surface": texts}, schema=_WORDS)
    is_plain = ~pl.col("surface").str.contains(r"[^\x00-\x7f]")
    plain = frame.filter(is_plain).with_columns(pl.col("surface").str.to_lowercase().str.extract_all(_PLAIN_WORD)).explode("surface")
    others = [(place, run.text) for place, text in frame.filter(~is_plain).iter_rows() for run in runs(text)]
    words = pl.concat([plain.drop_nulls(), pl.DataFrame(others, schema=_WORDS, orient="row")]).sort("text", maintain_order=True)
    distinct = words.get_column("surface").unique()
    forms = pl.DataFrame({"surface": distinct, "form": [form(word) for word in distinct]}, schema_overrides={"form": pl.String})
    return words.join(forms, on="surface", how="left", maintain_order="left")
