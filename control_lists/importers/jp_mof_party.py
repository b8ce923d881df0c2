"""One entry of the Japanese asset-freeze list, gathered from its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from control_lists.importers.address_country import country_in
from control_lists.importers.draft import Draft, Quality
from control_lists.importers.japanese_dates import birth_dates, first_day
from control_lists.importers.japanese_names import ENUMERATOR, UNKNOWN, NameReader, Reading, plain
from control_lists.importers.jp_mof_tables import OF_PERSONS, Kind, Regime
from control_lists.importers.publication import Publication

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9/().-]*\d[A-Za-z0-9/.-]*(?:\(\d\))?")
_UN_REFERENCE = re.compile(r"^[A-Z]{2}([ie])\.\d+$")
_ORIGINAL_SCRIPT = re.compile(r"\(\s*original\s+scr?ipt\s*:([^()]*)\)", re.I)
_BORN_WITH_PLACE = re.compile(r"^(?:\d{4}年(?:\d{1,2}月\d{1,2}日)?)(.+)生$")
# Labels with which the text of "other information" begins a line that other sheets have a column for.
_LABELS = {
    "出生地": "birth_place",
    "生年月日": "born",
    "国籍": "nationality",
    "旅券番号": "passport",
    "旅券": "passport",
    "住所": "address",
}
_QUALITIES: tuple[tuple[str, Quality], ...] = (("alias", "strong"), ("former", "former"), ("weak", "weak"))
_IN_TEXT = (
    ("imo", re.compile(r"IMO(?:番号)?\s*:?\s*((?:\d{7})+)")),
    ("swift", re.compile(r"SWIFT(?:/BIC)?\s*:\s*([A-Z0-9]{8}(?:[A-Z0-9]{3})?|[A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2})\b")),
    ("reg", re.compile(r"(?:国家登録番号|連盟番号\))\s*:?\s*([A-Z0-9][A-Z0-9/ -]+[A-Z0-9])")),
    ("wallet", re.compile(r"\b(0x[0-9a-fA-F]{40}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[0-9a-z]{20,60}|T[1-9A-HJ-NP-Za-km-z]{33})\b")),
)


class Entry(NamedTuple):
    """An entry as it stands: its place for messages, sheet number, regime, and (meaning, text) of its filled cells."""

    where: str
    sheet: str
    regime: Regime
    cells: Sequence[tuple[str, str]]

    def texts(self, meaning: str) -> list[str]:
        """The texts of one meaning, in order."""
        return [text for known, text in self.cells if known == meaning]

    @property
    def is_named(self) -> bool:
        """Whether the entry holds a party: a deleted one keeps its number and notices only."""
        return any(meaning in ("latin", "japanese") for meaning, _ in self.cells)


class PartyReader:
    """Makes parties of entries."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._names = NameReader(lambda text: publication.countries.read(text).code is not None)
        self._readers: dict[str, Callable[[Draft, str], None]] = {
            "title": lambda draft, text: draft.remark(f"title: {text}"),
            "position": lambda draft, text: draft.remark(f"position: {text}"),
            "born": self._born,
            "born_at": self._born_at,
            "birth_place": self._birth_place,
            "nationality": self._nationality,
            "passport": lambda draft, text: self._document(draft, "passport", text),
            "national": lambda draft, text: self._document(draft, "national", text),
            "address": self._address,
            "country": self._nationality,
            "phone": lambda draft, text: draft.remark(f"telephone: {plain(text)}"),
            "fax": lambda draft, text: draft.remark(f"fax: {plain(text)}"),
            "designated": self._designated,
            "un_reference": lambda draft, text: draft.cite(f"UN {plain(text)}"),
            "basis": lambda draft, text: draft.remark(f"basis: {text}"),
            "other": self._other,
        }

    def read(self, entry: Entry) -> Draft:
        """The party of an entry; raises SourceFormatError where it has no number."""
        number = _first(entry.texts("number"))
        digits = re.search(r"\d+", plain(number)) if number else None
        if digits is None:
            raise self._publication.error(entry.where, "the entry has no notice number (告示番号)")
        sheet = f"{int(entry.sheet):03}" if entry.sheet.isdigit() else entry.sheet
        kind = self._kind(entry)
        draft = Draft(self._publication, _first(entry.texts("id")) or f"{sheet}-{int(digits[0]):06}", kind)
        draft.programme(f"JP-MOF-{entry.regime.programme}")
        self._notices(draft, entry, plain(str(number)))
        self._all_names(draft, entry, is_person=kind == "person")
        for meaning, text in entry.cells:
            if meaning in self._readers and text.strip() not in UNKNOWN:
                self._readers[meaning](draft, text)
        return draft

    def _kind(self, entry: Entry) -> Kind:
        stated = _first(entry.texts("kind"))
        if stated is not None:
            if stated not in ("個人", "団体"):
                raise self._publication.error(entry.where, f"'{stated}' is neither a person (個人) nor an organisation (団体)")
            return "person" if stated == "個人" else "organisation"
        if entry.regime.kind is not None:
            return entry.regime.kind
        for reference in entry.texts("un_reference"):
            if match := _UN_REFERENCE.match(plain(reference).strip()):
                return "person" if match[1] == "i" else "organisation"
        is_person = any(meaning in OF_PERSONS or (meaning == "other" and "生年月日" in text) for meaning, text in entry.cells)
        return "person" if is_person else "organisation"

    def _notices(self, draft: Draft, entry: Entry, number: str) -> None:
        notices = re.findall(r"[\d.]{6,}\s*(?:改訂|削除)?", plain(" ".join(entry.texts("notices"))))
        draft.listed_on = first_day(" ".join(entry.texts("notices")))
        if notices and "削除" in notices[-1]:
            draft.delisted_on = first_day(notices[-1].replace("削除", ""))
        draft.cite(f"告示 {', '.join(notice.strip() for notice in notices)}".strip())
        draft.cite(f"資産凍結等対象者一覧 {entry.sheet}, 告示番号 {number}")
        if re.search(r"[*#]", number):  # the party stands on another sheet too, by this number or with one of its own
            draft.remark(f"告示番号 {number}")

    def _all_names(self, draft: Draft, entry: Entry, *, is_person: bool) -> None:
        """The Latin name first; where an entry has none, a Latin other name stands before the Japanese name."""
        main = [reading for meaning in ("latin", "japanese") for reading in self._readings(entry, meaning, "strong", is_person)]
        others = [reading for meaning, quality in _QUALITIES for reading in self._readings(entry, meaning, quality, is_person)]
        for reading in (*main, *others) if entry.texts("latin") else (*others, *main):
            reading.into(draft)

    def _readings(self, entry: Entry, meaning: str, quality: Quality, is_person: bool) -> Iterator[Reading]:
        read = self._names.one if meaning in ("latin", "japanese") else self._names.cell
        for text in entry.texts(meaning):
            if text.strip() not in UNKNOWN:
                yield read(text, quality, is_person=is_person)

    def _born(self, draft: Draft, text: str) -> None:
        found = birth_dates(text)
        for born in found.dates:
            draft.birth_date(born)
        for note in found.notes:
            draft.remark(f"born: {note}")

    def _born_at(self, draft: Draft, text: str) -> None:
        """Birth date and place in one text; its English line repeats the Japanese one."""
        japanese = plain(text).split("\n")[0].strip()
        place = _BORN_WITH_PLACE.match(japanese)
        self._born(draft, japanese.replace(place[1], "") if place else japanese)
        if place:
            draft.birth_place(place[1])
        if english := re.search(r"Born at (.+?)(?:, on|, in) ", plain(text)):
            draft.birth_place(english[1])

    def _birth_place(self, draft: Draft, text: str) -> None:
        for place in _parts(text):
            draft.birth_place(place)

    def _nationality(self, draft: Draft, text: str) -> None:
        """Countries in one or two languages, with notes in brackets."""
        countries = self._publication.countries
        for part in _parts(re.sub(r"([一-鿿ァ-ヺー])\s*(?=[A-Za-z])", r"\1\n", text)):
            bare = re.sub(r"\(.*?\)", "", part).strip(" ,。")
            code = countries.read(bare).code or country_in(countries, f"{bare} ")
            draft.country(code or bare)
            if code is not None and countries.read(part).code is None:
                draft.remark(f"country: {part}")

    def _document(self, draft: Draft, kind: str, text: str) -> None:
        """A document's number; what else is said of it stays as a remark. ``(a)`` and semicolons part documents."""
        for part in _parts(text):
            bare = re.sub(r"\([^()]*\)", " ", part)
            bare = re.sub(r"\d{4}年\s*\d{1,2}月\s*\d{1,2}日", " ", bare)
            numbers = [n for n in _NUMBER.findall(re.sub(r"[ー－](?=\d)", "-", bare)) if len(re.sub(r"\D", "", n)) > 2]
            for number in numbers:
                draft.identifier(kind, number)
            if not numbers or part != numbers[0]:
                draft.remark(f"{kind}: {part}")

    def _address(self, draft: Draft, text: str) -> None:
        countries = self._publication.countries
        for part in _parts(re.sub(r"(?<=[,\s])\n|\n(?=\()", " ", plain(text))):
            code = countries.read(part).code if len(part) > 3 or not part.isascii() else None
            if code is not None:
                draft.country(code)
                continue
            draft.address(part)
            if (found := country_in(countries, part)) is not None:
                draft.country(found)

    def _designated(self, draft: Draft, text: str) -> None:
        day = first_day(text)
        draft.remark(f"designated by the United Nations: {day if day is not None and plain(text).strip().isdigit() else text}")

    def _other(self, draft: Draft, text: str) -> None:
        readable = plain(text)
        for script in _ORIGINAL_SCRIPT.findall(readable):
            draft.name(script)
        readable = _ORIGINAL_SCRIPT.sub(" ", readable)
        for line in readable.split("\n"):
            label, _, value = line.strip().partition(":")
            if label in _LABELS and value:
                self._readers[_LABELS[label]](draft, value)
        for kind, pattern in _IN_TEXT:
            for value in pattern.findall(readable):
                for number in re.findall(r"\d{7}", value) if kind == "imo" else [value]:
                    # A number of several joined that a spreadsheet has rounded ends in zeros; its last is lost.
                    if not (kind == "imo" and number.endswith("00000")):
                        draft.identifier(kind, number)
        draft.remark(readable)


def _parts(text: str) -> Iterator[str]:
    """The values of a cell: by letters, lines and semicolons; commas and full stops at their ends belong to the list."""
    for part in re.split(r"[;\n]", ENUMERATOR.sub(";", plain(text))):
        bare = part.strip(" 、,\u3000")
        if bare and bare not in UNKNOWN:
            yield re.sub(r"^and\s+", "", bare)


def _first(texts: list[str]) -> str | None:
    return next((text.strip() for text in texts if text.strip()), None)
