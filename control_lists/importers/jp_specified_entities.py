"""Japan: specified entities to which exports are banned: Russia, third countries, Belarus (特定団体), METI and Ministry of Foreign Affairs.

https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html
Three PDF notices (``list_russia_tokutei.pdf``, ``list_daisangoku_tokutei.pdf``, ``list_belarus_tokutei.pdf``), read from their text as
``pdftotext`` gives it; a PDF itself is refused. They make one list: the texts of the other two that lie beside the given one, or are
given with it, are read with it, the newest of each; without them the import is an excerpt.

An entry is a number (full-width up to 9), the Japanese name with other names ``（別称、甲及び乙）``, the Latin name with ``a.k.a., the
following two aliases:`` and a line for each, and ``所在地：`` with addresses; the newest entries have a line ``別称：`` with other names in
both languages instead. Lines break anywhere, and a page may end without a line end before the next number. The number is one of the
edition, so an id is built from the country of the first address (else that of the notice) and the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from control_lists.importers.address_country import country_in
from control_lists.importers.draft import Draft
from control_lists.importers.fields import CHANGED
from control_lists.importers.japanese_dates import first_day
from control_lists.importers.japanese_names import NameReader, plain, trimmed
from control_lists.importers.name_ids import name_id
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing

SOURCE = "Japan METI/MOFA specified entities (export ban)"
LIST = "jp-specified"
_TITLE = "輸出等に係る禁止措置の対象となる"
# The words of the title that tell the three notices apart, in the order they are looked for.
_REGIMES = (("以外の国の団体", "THIRD-COUNTRIES"), ("ロシア連邦の団体", "RUSSIA"), ("ベラルーシ共和国の団体", "BELARUS"))
_NOTICE = re.compile(r"外務省告示第[^)）]+号")
_EDITION = re.compile(r"最終更新日:(.{8,20}?日)")
_JAPANESE = re.compile(r"[\u3041-\u30fa\u30fd-\u30ff\u3400-\u9fff]")
_ADDRESS = re.compile(r"所\s*在\s*地\s*:")
_ALIASES = re.compile(
    r"[,(]?\s*(?:a\.\s?k\.\s?a\.?,?\s*)?(?:the\s*)?following\s*([a-z]+?(?:[\s-][a-z]+?)?)\s*alias(?:es)?\s*[:;.]?|,?\s*\ba\.\s?k\.\s?a\.,?\s*:?",
    re.I,
)
# A dash opens another name behind the end of the one before; a line that breaks at a hyphen begins with a dash too.
_BULLETS = (re.compile(r"(?:^|(?<=[;:])|(?<=\band)|(?<=[;:]\s)|(?<=\band\s))[-—–−・]\s*"), re.compile(r"(?:^|\n)\s*[-—–−・]\s*"))
_OTHERS_LINE = re.compile(r"\n\s*別称\s*:")
_LETTER = r"\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff"
_LATIN_BEGINS = re.compile(rf"(?<=[{_LETTER}」)])\s*(?=[A-Z])")
_LATIN_NAME = re.compile(rf"[A-Z][^{_LETTER}]*[a-z]{{2}}[^{_LETTER}]*(?:\((?!別)[\u3400-\u9fff].*\))?")
_INCLUDING = re.compile(r",\s*(including .*)$|\.\s*(This includes .*)$", re.S | re.I)
_COUNTRY = {"RUSSIA": "RU", "BELARUS": "BY"}
_COUNT_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
_COUNTS = {word: number for number, word in enumerate(_COUNT_WORDS.split(), 1)}


class Notice(NamedTuple):
    """One of the three texts: its regime, the days it states, and its entries."""

    regime: str
    cite: str
    edition: date | None
    body: str


def recognises(publication: Publication) -> bool:
    """The text of a notice by its title; a PDF by its official name, to say what to give instead."""
    if publication.head[:5] == b"%PDF-":
        return "tokutei" in publication.plain_name
    return _TITLE in re.sub(r"\s", "", publication.head[:4096].decode("utf-8", "replace"))


def read(publication: Publication) -> Iterator[Listing]:
    """Every entity of the notice given and of those beside it; raises SourceFormatError where an entry cannot be told from the next."""
    if publication.head[:5] == b"%PDF-":
        raise publication.error(
            "", "PDF is not read; make its text with 'pdftotext' (no -layout) and give the .txt, with those of the other two notices"
        )
    given = _notice(publication)
    notices = {given.regime: (publication, given)}
    for name in sorted(name for name in publication.companions if "tokutei" in name and not name.endswith(".pdf")):
        other = publication.companion(name)
        if other is None or other.head[:5] == b"%PDF-" or not recognises(other):
            continue
        notice = _notice(other)
        known = notices.get(notice.regime)
        if notice.regime != given.regime and (known is None or (notice.edition or date.min) > (known[1].edition or date.min)):
            notices[notice.regime] = (other, notice)
    if missing := sorted({regime for _, regime in _REGIMES} - set(notices)):
        publication.is_excerpt = True
        publication.note(f"the notices for {', '.join(missing)} were not given: the list is imported without them")
    publication.edition = max((notice.edition for _, notice in notices.values() if notice.edition is not None), default=None)
    names = NameReader(lambda text: publication.countries.read(text).code is not None)
    ids: dict[str, int] = {}
    for source, notice in notices.values():
        for number, entry in _entries(source, notice.body):
            party = _party(publication, names, notice, f"{source.name}: entry {number}", entry)
            ids[party.id] = ids.get(party.id, 0) + 1
            if ids[party.id] > 1:
                party.id = f"{party.id}-{ids[party.id]}"
            yield Listing(LIST, party.entity())


def _notice(publication: Publication) -> Notice:
    with publication.open() as stream:
        raw = stream.read()
    try:
        text = plain(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise publication.error("", "not UTF-8 text; make it anew with 'pdftotext -enc UTF-8'") from None
    squeezed = re.sub(r"\s", "", text[:3000])
    regime = next((regime for words, regime in _REGIMES if words in squeezed), None)
    if regime is None:
        raise publication.error("", f"the title names none of {[words for words, _ in _REGIMES]}; {CHANGED}")
    notice, edition = _NOTICE.search(squeezed), _EDITION.search(squeezed)
    return Notice(regime, notice[0] if notice else "特定団体", first_day(edition[1]) if edition else None, text.replace("\x0c", "\n"))


def _entries(publication: Publication, text: str) -> Iterator[tuple[int, str]]:
    """The entries by their numbers, which run on from 1; a number counts where a Japanese name follows it on the line."""
    number, start = 1, _start_of(text, 1, 0)
    if start is None:
        raise publication.error("", "no entry 1; the text is not of a list of specified entities")
    while start is not None:
        address = _ADDRESS.search(text, start[1])
        if address is None:
            raise publication.error(f"entry {number}", "no address (所在地); the text is cut or its form changed")
        following = _start_of(text, number + 1, address.end())
        entry = text[start[1] : following[0] if following else len(text)]
        if len(_ADDRESS.findall(entry)) > 1:
            raise publication.error(f"entry {number}", f"entry {number + 1} was not found behind it; {CHANGED}")
        yield number, entry
        number, start = number + 1, following


def _start_of(text: str, number: int, after: int) -> tuple[int, int] | None:
    """Where the entry of a number begins and where its name does; a number at the start of a line goes before one within."""
    for lead in (r"(?:^|\n)[ \t]*", r"(?<=[^\d\s-])"):
        for found in re.finditer(rf"{lead}{number}[ \t\u3000]+(?=\S)", text[after:]):
            line = text[after + found.end() :].split("\n", 1)[0]
            if _JAPANESE.search(line):
                return after + found.start(), after + found.end()
    return None


def _party(publication: Publication, names: NameReader, notice: Notice, where: str, entry: str) -> Draft:
    head, _, location = re.sub(r"[ \t]+", " ", entry).partition(_ADDRESS.search(entry)[0])  # type: ignore[index]  # told by _entries
    head, *others = _OTHERS_LINE.split(head, maxsplit=1)
    japanese, latin = _two_languages(head.strip())
    addresses = [part.strip(" .;\n") for part in re.split(r";\s*(?:and\b)?|\.\s+and\s", " ".join(location.split())) if part.strip(" .;")]
    countries = [code for code in (country_in(publication.countries, address) for address in addresses) if code is not None]
    countries = countries or ([_COUNTRY[notice.regime]] if notice.regime in _COUNTRY else [])
    name, aliases, stated = _latin_names(latin)
    if stated is not None and stated != len(aliases):
        publication.note(f"{where}: {stated} other names are announced, {len(aliases)} found")
    scope = _INCLUDING.search(name)
    read_name = names.one(name[: scope.start()] if scope else name or japanese)
    if not read_name.names:
        raise publication.error(where, "the entry has no name")
    draft = Draft(publication, name_id("SPECIFIED", (countries or ["XX"])[0], read_name.names[0][0]), "organisation")
    draft.programme(f"JP-SPECIFIED-{notice.regime}")
    draft.cite(f"{notice.cite}; Export Trade Control Order art. 2")
    draft.remark(scope[0].strip(" ,.") if scope else None)
    read_name.into(draft)
    for text in (*aliases, *_japanese_names(japanese, len(aliases)), *_both_languages("".join(others))):
        names.one(text).into(draft)
    for address in addresses:
        draft.address(address)
    for code in countries:
        draft.country(code)
    return draft


def _two_languages(head: str) -> tuple[str, str]:
    """The Japanese and the Latin part: the first line outside brackets without a Japanese letter begins the Latin one."""
    lines = head.split("\n")
    depth = 0
    for at, line in enumerate(lines):
        if at and depth <= 0 and not _JAPANESE.search(line):
            break
        depth += line.count("(") - line.count(")")
    else:
        at = len(lines)
    text = "".join(_joined(lines[:at]))
    # A Latin name may begin on the last line of the Japanese one; a few capitals there are a part of the Japanese name.
    for begin in _LATIN_BEGINS.finditer(text):
        rest = text[begin.end() :]
        if _LATIN_NAME.fullmatch(rest) and rest.count(")") <= rest.count("(") and len(rest) > 7:
            return text[: begin.start()], "\n".join([rest, *lines[at:]])
    return text, "\n".join(lines[at:])


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines of Japanese text: joined without a blank, except between Latin words."""
    for at, line in enumerate(lines):
        before = lines[at - 1].rstrip() if at else ""
        yield (" " if before[-1:].isascii() and before[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum() else "") + line.strip()


def _latin_names(text: str) -> tuple[str, list[str], int | None]:
    """The Latin name, its other names, and how many of them the text announces."""
    mark = _ALIASES.search(text)
    if mark is None:
        return _name(text), [], None
    rest = text[mark.end() :].strip()
    stated = _COUNTS.get((mark[1] or "").lower().replace("-", " "))
    strict, by_line = ([name for part in bullet.split(rest) if (name := _name(part))] for bullet in _BULLETS)
    return _name(text[: mark.start()]), (by_line if len(by_line) == stated else strict), stated


def _name(text: str) -> str:
    name = trimmed(" ".join(text.split()))
    is_abbreviated = re.search(r"\b(?:[A-Z]|Co|Ltd|Inc|Corp|Bros|Pte|Pvt|St)\.$", name)
    return name if is_abbreviated else name.removesuffix(".")


def _both_languages(text: str) -> Iterator[str]:
    """The other names of the line 別称, parted by semicolons: Japanese, then from the first line without a Japanese letter on Latin."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    at = next((at for at, line in enumerate(lines) if not _JAPANESE.search(line)), len(lines))
    latin = [part for part in " ".join(lines[at:]).split(";") if part.strip()]
    japanese = [part for part in "".join(_joined(lines[:at])).split(";") if part.strip()]
    if len(japanese) == 1 < len(latin):
        japanese = japanese[0].split("及び")
    yield from latin
    yield from japanese


def _japanese_names(text: str, latin: int) -> Iterator[str]:
    """The Japanese name and those in its brackets; the last two of a list are joined by 及び, which names hold too."""
    match = re.search(r"\(別[称名][、:](.*)\)?\s*$", text)
    if match is None:
        yield text.split("(")[0] if "。" in text else text  # a sentence in brackets says what a ministry includes
        return
    yield text[: match.start()]
    listed = [part for part in match[1].rstrip(")").split("、") if part.strip()]
    if listed and len(listed) != latin and "及び" in listed[-1]:
        first, _, second = listed[-1].rpartition("及び")
        listed = [*listed[:-1], first, second]
    yield from listed
