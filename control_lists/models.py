"""The records of hand-written list data: what one TOML table may hold, and nothing else.

Strict on purpose: codes are quoted text, dates are TOML dates, an unknown key is an error. The form is
described for authors in ``docs/data-formats.md``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(v) for v in value)
    if isinstance(value, dict):
        return {k: _frozen(v) for k, v in value.items()}
    return value


class Record(BaseModel):
    """The common strictness: frozen, no unknown key, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _tuples(cls, data: Any) -> Any:
        """TOML and JSON know arrays only; records are frozen down to their sequences."""
        return {key: _frozen(value) for key, value in data.items()} if isinstance(data, dict) else data


def _number(value: Any) -> Any:
    """Let a whole number stand where a decimal is meant; booleans and text are left for the strict check."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[float, BeforeValidator(_number)]
NonEmpty = Annotated[str, Field(min_length=1)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Coverage = Literal["full", "excerpt", "synthetic"]
Outcome = Literal["prohibited", "licence_required", "no_exceptions", "review", "report"]
Flag = Literal["GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED"]


class Dated(Record):
    """Half-open legal life: in force when ``since <= day < until``; open where a bound is absent."""

    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        if self.since and self.until and self.since >= self.until:
            raise ValueError(f"since {self.since} is not before until {self.until}")
        return self


# ------------------------------------------------------------------------------------------------- lists
class ControlList(Record):
    """``list.toml``: what a list is, which edition is held, and how far it can be trusted."""

    id: NonEmpty
    title: NonEmpty
    kind: Literal["goods", "parties"]
    issuer: NonEmpty
    jurisdiction: NonEmpty
    edition: NonEmpty
    since: date
    coverage: Coverage
    source: NonEmpty
    retrieved_on: date
    sha256: str | None = None
    licence: NonEmpty
    expected_count: int
    counted: Literal["headings", "entries"] = "headings"
    review_on: date
    effect: str | None = None
    outcome: Outcome | None = None
    programmes: tuple[Programme, ...] = ()


class Programme(Record):
    """A sanctions or control programme and what a listing under it means, in words an officer can read out.

    ``outcome`` is the kind of that effect; ``scope`` what it covers in the list's own terms (``all items subject to the EAR``);
    ``binds`` whose law it is (``EU``, ``UN`` or a state's code); ``subsidiaries`` the question to ask of firms that a listed party owns.
    """

    id: NonEmpty
    title: NonEmpty
    effect: NonEmpty
    outcome: Outcome = "review"
    scope: str | None = None
    binds: tuple[NonEmpty, ...] = ()
    subsidiaries: str | None = None
    cites: tuple[NonEmpty, ...]


class Source(Record):
    """An official list that can be imported: whose it is, where it is published, and what to expect of its file.

    ``plausible``: the least and most parties of a whole edition. ``shrink_pct``: an import that holds so much less than the edition in
    force is refused. ``review_days``: after so many days an edition is called old. ``replaces``: lists that this one, imported, stands
    in for. ``effect`` and ``outcome`` are those of a programme that is not described here.
    """

    id: NonEmpty
    title: NonEmpty
    issuer: NonEmpty
    jurisdiction: NonEmpty
    addresses: tuple[NonEmpty, ...]
    licence: NonEmpty
    effect: NonEmpty
    outcome: Outcome
    plausible: tuple[int, int]
    shrink_pct: Annotated[Number, Field(gt=0, le=100)] = 10.0
    review_days: int
    replaces: tuple[NonEmpty, ...] = ()
    programmes: tuple[Programme, ...] = ()
    cites: tuple[NonEmpty, ...]


class KnownText(Record):
    """The exact counts of one edition of an official text: another count of that edition is a file that was cut or altered."""

    edition: date
    paragraphs: int
    codes: int


class TextSource(Record):
    """An official text that can be imported. ``plausible``: the least and most lines of a whole edition."""

    id: NonEmpty
    title: NonEmpty
    issuer: NonEmpty
    address: NonEmpty
    licence: NonEmpty
    plausible: tuple[int, int]
    shrink_pct: Annotated[Number, Field(gt=0, le=100)] = 10.0
    known: tuple[KnownText, ...] = ()
    cites: tuple[NonEmpty, ...]


class SourcesFile(Record):
    """One TOML of importable lists and texts."""

    source: tuple[Source, ...] = ()
    text: tuple[TextSource, ...] = ()


# ------------------------------------------------------------------------------------------------- goods
class Term(Record):
    """Our own words by which trade names a good.

    ``weight`` is how surely the words alone mean the listed good (below the policy's conclusive weight the
    candidate can only ask). ``needs_hs``: counts only when the declared HS heading is one of the entry's.
    ``with_any``: one of these must stand in the text too. ``not_with``: none of these may.
    """

    text: NonEmpty
    lang: NonEmpty = "en"
    weight: Annotated[Number, Field(gt=0, le=1)] = 1.0
    needs_hs: bool = False
    with_any: tuple[NonEmpty, ...] = ()
    not_with: tuple[NonEmpty, ...] = ()


class Criterion(Record):
    """One listed limit: ``parameter op value unit``. ``in`` compares a text with ``values``."""

    parameter: NonEmpty
    op: Literal[">", ">=", "<", "<=", "=", "in"]
    value: Number | bool | str | None = None
    values: tuple[NonEmpty, ...] = ()
    unit: str | None = None
    condition: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Criterion:
        if (self.op == "in") != bool(self.values) or (self.op == "in") == (self.value is not None):
            raise ValueError(f"criterion {self.parameter}: 'in' takes values, every other operator one value")
        if self.op not in ("=", "in") and not isinstance(self.value, float):
            raise ValueError(f"criterion {self.parameter}: {self.op} needs a number")
        return self


class Alternatives(Record):
    """A branch of the criteria tree: ``any`` one of, or ``all`` of. A met branch with a ``code`` deepens the answer to it."""

    any: tuple[Criterion | Alternatives, ...] = ()
    all: tuple[Criterion | Alternatives, ...] = ()
    code: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Alternatives:
        if bool(self.any) == bool(self.all):
            raise ValueError("a branch has either 'any' or 'all'")
        return self


class Exclusion(Record):
    """A decontrol note: when it holds, the entry does not apply.

    ``terms`` (words in the declared text) and ``hs`` (prefixes) are read two-valued: silence excludes nothing.
    ``criteria`` are three-valued; with ``decisive`` their silence is a question, without it the good stays listed.
    """

    text: NonEmpty
    terms: tuple[NonEmpty, ...] = ()
    hs: tuple[NonEmpty, ...] = ()
    criteria: tuple[Criterion | Alternatives, ...] = ()
    decisive: bool = False
    cites: tuple[NonEmpty, ...] = ()

    @model_validator(mode="after")
    def _some(self) -> Exclusion:
        if not (self.terms or self.hs or self.criteria):
            raise ValueError("an exclusion needs terms, hs or criteria")
        return self


class MixtureLimit(Record):
    """A mixture is free up to ``max_pct`` by weight of each specified chemical, by the destination's CWC status."""

    destination: Literal["any", "cwc_party", "cwc_non_party"]
    max_pct: Annotated[Number, Field(ge=0, le=100)]
    op: Literal["<=", "<"] = "<="
    cites: tuple[NonEmpty, ...] = ()


class HsLink(Record):
    """A correlation with the Harmonized System (2 to 6 digits). Many-to-many; never evidence by itself."""

    code: Annotated[str, Field(pattern=r"^\d{2}(\d{2}(\d{2})?)?$")]
    confidence: Literal["exact", "likely", "candidate"]
    edition: str = "HS2022"


class ControlEntry(Dated):
    """One entry or paragraph of a goods list, in our own words.

    ``described``: how somebody who does not know its name would tell of the good: what it does, from what, for whom. Long enquiries that
    name nothing listed are compared with it, and what resembles is a hint.
    """

    code: NonEmpty
    parent: str | None = None
    title: NonEmpty
    regimes: tuple[NonEmpty, ...] = ()
    marks: tuple[NonEmpty, ...] = ()
    reasons: tuple[NonEmpty, ...] = ()
    terms: tuple[Term, ...] = ()
    described: tuple[NonEmpty, ...] = ()
    not_with: tuple[NonEmpty, ...] = ()
    criteria: tuple[Criterion | Alternatives, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    mixture: tuple[MixtureLimit, ...] = ()
    hs: tuple[HsLink, ...] = ()
    see_also: tuple[NonEmpty, ...] = ()
    same_as: str | None = None
    no_terms: str | None = None
    cites: tuple[NonEmpty, ...]


class GoodsFile(Record):
    """One TOML of a goods list."""

    entry: tuple[ControlEntry, ...] = ()


# -------------------------------------------------------------------------------------------- substances
class SubstanceName(Record):
    """A name of a substance. Tier ``A`` identifies it; tier ``B`` (abbreviations, trade names) needs company."""

    text: NonEmpty
    tier: Literal["A", "B"] = "A"
    lang: NonEmpty = "en"


class SubstanceListing(Record):
    """Where a substance is listed: list id and code."""

    list: NonEmpty
    code: NonEmpty


class Substance(Record):
    """A listed chemical, toxin or nuclear material and everything that names it.

    ``smiles``: its structure, by which a declared structure is known to be this very chemical.
    """

    id: NonEmpty
    name: NonEmpty
    smiles: str | None = None
    cas: tuple[NonEmpty, ...] = ()
    names: tuple[SubstanceName, ...] = ()
    un: tuple[Annotated[str, Field(pattern=r"^\d{4}$")], ...] = ()
    hs: tuple[HsLink, ...] = ()
    formula: str | None = None
    listings: tuple[SubstanceListing, ...]
    cites: tuple[NonEmpty, ...]


class OtherChemical(Record):
    """A chemical that no list names, though its name lies near a listed one or trade is full of it. All names are exact names."""

    name: NonEmpty
    names: tuple[NonEmpty, ...] = ()
    cas: tuple[NonEmpty, ...] = ()


class Substituents(Record):
    """What hangs on one numbered atom of a family's core: so many groups of one kind, or in place of one of them hydrogen.

    ``short_alkyl``: methyl, ethyl, n-propyl or isopropyl. ``alkyl``: saturated, up to 10 carbons, rings included; ``chain_alkyl``:
    the same without rings; ``ended_alkyl``: a ``chain_alkyl`` that carries one hydroxyl, cyano or acetoxy group.
    """

    at: int
    kind: Literal["short_alkyl", "alkyl", "chain_alkyl", "ended_alkyl"]
    count: int = 1
    or_hydrogen: bool = False


class FreeChemical(Record):
    """A chemical that a family's text exempts, alone (``salts`` false) or with its protonated salts."""

    name: NonEmpty
    smiles: NonEmpty
    salts: bool = False


class ChemicalFamily(Record):
    """A family entry of the law as a rule on structures.

    ``cores``: SMARTS of the fixed part, alternatives of one another, its variable places numbered; no atom of it carries more than
    ``substituents`` say, unless ``part_of``: then the chemical may go on from every atom but the numbered ones, in any salt.
    ``salts``: none, ``protonated``, or ``alkylated`` or protonated, at the numbered atoms of ``salt_at``. ``anion``: the only
    counter-ion that the text names (SMILES). ``unless``: families that come first.
    """

    id: NonEmpty
    title: NonEmpty
    cores: tuple[NonEmpty, ...]
    substituents: tuple[Substituents, ...] = ()
    part_of: bool = False
    salts: Literal["none", "protonated", "alkylated"] = "none"
    salt_at: tuple[int, ...] = ()
    anion: str | None = None
    exempt: tuple[FreeChemical, ...] = ()
    unless: tuple[NonEmpty, ...] = ()
    listings: tuple[SubstanceListing, ...]
    cites: tuple[NonEmpty, ...]


class SubstanceFile(Record):
    """One TOML of substances, of families of them, or of other chemicals."""

    substance: tuple[Substance, ...] = ()
    family: tuple[ChemicalFamily, ...] = ()
    other: tuple[OtherChemical, ...] = ()


# ----------------------------------------------------------------------------------------------- parties
class EntityName(Record):
    """Another name of a listed party. ``script`` is the ISO 15924 code of a name in other than Latin letters."""

    name: NonEmpty
    quality: Literal["strong", "weak", "former"] = "strong"
    script: Annotated[str, Field(pattern=r"^[A-Z][a-z]{3}$")] | None = None


class WatchlistEntity(Record):
    """A listed person, organisation, vessel or aircraft, or an address that is listed as such.

    ``countries``: where the party is or belongs. ``birth_dates``: ``1962-08-06``, ``1962-08``, ``1962``, ``1960/1962``, with ``~`` in
    front where the list calls it approximate. ``licence_requirement``, ``licence_policy`` and ``footnotes`` are the list's own columns
    on what its listing requires. ``linked``: listed parties that the list connects with this one, by id or name. ``remarks``: what
    else the list says that helps to tell parties apart.
    """

    id: NonEmpty
    name: NonEmpty
    kind: Literal["person", "organisation", "vessel", "aircraft", "address"]
    programmes: tuple[NonEmpty, ...]
    aliases: tuple[EntityName, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    addresses: tuple[NonEmpty, ...] = ()
    identifiers: tuple[Annotated[str, Field(pattern=r"^[a-z_]+:.+$")], ...] = ()
    birth_dates: tuple[Annotated[str, Field(pattern=r"^~?\d{4}(-\d\d(-\d\d)?|/\d{4})?$")], ...] = ()
    birth_places: tuple[NonEmpty, ...] = ()
    listed_on: date | None = None
    delisted_on: date | None = None
    licence_requirement: str | None = None
    licence_policy: str | None = None
    footnotes: tuple[NonEmpty, ...] = ()
    linked: tuple[NonEmpty, ...] = ()
    remarks: tuple[NonEmpty, ...] = ()
    cites: tuple[NonEmpty, ...]


class PartyFile(Record):
    """One TOML of a watchlist."""

    entity: tuple[WatchlistEntity, ...] = ()


# ------------------------------------------------------------------------------------------------- rules
class AdoptedList(Record):
    """A control list a jurisdiction applies; ``under`` narrows it to codes below these, ``edition`` is the one its law names."""

    id: NonEmpty
    under: tuple[NonEmpty, ...] = ()
    edition: NonEmpty | None = None


class Profile(Record):
    """``profile.toml``: who a jurisdiction is, what it applies, and to which movements it has rules at all.

    ``adopts``: rule sets of other profiles that are law here too. ``note``: what stands beside every answer of this jurisdiction.
    """

    id: NonEmpty
    title: NonEmpty
    states: tuple[CountryCode, ...] = ()
    adopts: tuple[NonEmpty, ...] = ()
    note: NonEmpty | None = None
    control_lists: tuple[AdoptedList, ...] = ()
    operations: tuple[NonEmpty, ...]
    authority: NonEmpty
    hold_days: int | None = None
    no_rule_note: NonEmpty
    cites: tuple[NonEmpty, ...]
    status: Literal["read", "verify"] = "read"


class Then(Record):
    """What a rule that holds brings: a flag, a note, or an authorisation that lifts other rules' reasons.

    ``lane`` is proposed where the reason stands and the flag proposes a lighter one. An authorisation of a document lifts what the
    document covers, so that it names no rules.
    """

    text: NonEmpty
    flag: Flag | None = None
    lane: Literal["red"] | None = None
    note: str | None = None
    authorisation: str | None = None
    lifts: tuple[NonEmpty, ...] = ()
    conditions: tuple[NonEmpty, ...] = ()
    question: str | None = None


class Example(Record):
    """A case of a rule: the declaration (flat contract names) and what the rule must do with it."""

    declaration: dict[str, Any]
    candidate: dict[str, Any] | None = None
    party: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    outcome: Literal["fires", "silent", "unknown"]


class Rule(Dated):
    """One rule of law as data. All of ``when`` must hold; alternatives are two rules.

    ``subject`` says what it is asked of: the movement itself, each goods candidate, each party match, or each declared document
    that was checked against a licence register.
    """

    id: NonEmpty
    title: NonEmpty
    subject: Literal["item", "candidate", "party", "document"]
    when: dict[str, Any]
    then: Then
    status: Literal["read", "verify"] = "read"
    cites: tuple[NonEmpty, ...]
    examples: tuple[Example, ...] = ()


class RuleFile(Record):
    """One TOML of rules."""

    rule: tuple[Rule, ...] = ()


# --------------------------------------------------------------------------------------------- reference
class Country(Record):
    """A country or territory: alpha-2, alpha-3, English short name and what declarations write instead."""

    code: CountryCode
    alpha3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    name: NonEmpty
    names: tuple[NonEmpty, ...] = ()


class CountrySet(Dated):
    """A dated, cited set of countries that rules name. ``official``: the column of an official table that it was written from,
    ``us-country-groups:D:1``; ``beside``: its members that the table does not name, for a reason of law.
    """

    id: NonEmpty
    title: NonEmpty
    members: tuple[CountryCode, ...]
    official: NonEmpty | None = None
    beside: tuple[CountryCode, ...] = ()
    status: Literal["read", "verify"] = "read"
    cites: tuple[NonEmpty, ...]


class Parameter(Record):
    """A technical value that criteria ask for.

    ``unit`` is the canonical unit of a quantity. ``cues`` are words that tie a number (or a yes) in a text to
    this parameter; ``bare``: a lone quantity of this dimension may be taken for it. A text parameter's
    ``vocabulary`` maps each value to the words that state it.
    """

    id: NonEmpty
    title: NonEmpty
    kind: Literal["quantity", "count", "boolean", "text"]
    unit: str | None = None
    aliases: tuple[NonEmpty, ...] = ()
    cues: tuple[NonEmpty, ...] = ()
    not_cues: tuple[NonEmpty, ...] = ()
    bare: bool = False
    vocabulary: dict[str, tuple[NonEmpty, ...]] = {}
    question: NonEmpty

    @model_validator(mode="after")
    def _unit(self) -> Parameter:
        if (self.kind == "quantity") != (self.unit is not None):
            raise ValueError(f"parameter {self.id}: a quantity has a unit, and only a quantity")
        return self


class Unit(Record):
    """A unit as declarations spell it; ``id`` is its name in the units library."""

    id: NonEmpty
    words: tuple[NonEmpty, ...]


class Grade(Record):
    """A trade grade and the values it implies (typical, not certified)."""

    id: NonEmpty
    words: tuple[NonEmpty, ...]
    implies: tuple[Criterion, ...]
    cites: tuple[NonEmpty, ...]


class Lexicon(Record):
    """A named list of words that rules, exclusions and cleaning refer to."""

    id: NonEmpty
    title: NonEmpty
    words: tuple[NonEmpty, ...]


class Regime(Record):
    """An export control regime whose items a list carries."""

    id: NonEmpty
    title: NonEmpty
    body: NonEmpty
    scope: NonEmpty
    cites: tuple[NonEmpty, ...]


class Mark(Record):
    """A fact about entries that rules ask for by this name."""

    id: NonEmpty
    title: NonEmpty
    cites: tuple[NonEmpty, ...]


class DocumentCode(Record):
    """A supporting-document code of a customs system and what it claims.

    ``jurisdictions``: whose authorisation it claims, ``operations``: those it may be used for; none named, any. ``is_prefix``: the code
    is how the number of the document begins.
    """

    code: NonEmpty
    system: NonEmpty
    meaning: NonEmpty
    claim: Literal["licence", "general_authorisation", "not_listed", "no_licence", "not_covered", "other"]
    authorisation: str | None = None
    jurisdictions: tuple[NonEmpty, ...] = ()
    operations: tuple[NonEmpty, ...] = ()
    is_prefix: bool = False
    cites: tuple[NonEmpty, ...]


class ColumnSynonym(Record):
    """Foreign column names that mean one field of the declaration."""

    field: NonEmpty
    headers: tuple[NonEmpty, ...]


class NameWord(Record):
    """Words of names that stand for one another or decide little.

    ``legal_form``: equal across languages under ``means``. ``abbreviation``: ``words`` expand to ``means``.
    ``generic``: common business and place words of low weight. ``given_name``: common personal names. ``common``: words that many
    unrelated companies are called by. ``sector``: generic words that tell a line of civil goods or services.
    """

    kind: Literal["legal_form", "abbreviation", "generic", "given_name", "common", "sector"]
    words: tuple[NonEmpty, ...]
    means: str | None = None


class UnmappedThresholds(Record):
    """Codes of a list whose printed numeric limits no criterion carries, for one reason."""

    id: NonEmpty
    list: NonEmpty
    reason: NonEmpty
    codes: tuple[NonEmpty, ...]


Disposition = Literal["true_match", "false_positive", "needs_information", "held", "referred", "released"]
"""What an officer may decide of a determination that raised a flag."""


class ReasonCode(Record):
    """Why an officer decides as he does: a word that can be counted, and the dispositions it may stand with."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    title: NonEmpty
    dispositions: Annotated[tuple[Disposition, ...], Field(min_length=1)]


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Weekend(Record):
    """The days on which the offices of a country do not work, where they are not Saturday and Sunday."""

    country: CountryCode
    days: Annotated[tuple[Weekday, ...], Field(max_length=6)]


class PublicHoliday(Record):
    """A day on which the offices of a country do not work."""

    country: CountryCode
    on: date
    name: NonEmpty


class ReferenceFile(Record):
    """One TOML of reference data."""

    country: tuple[Country, ...] = ()
    country_set: tuple[CountrySet, ...] = ()
    parameter: tuple[Parameter, ...] = ()
    unit: tuple[Unit, ...] = ()
    trade_unit: tuple[Unit, ...] = ()
    grade: tuple[Grade, ...] = ()
    lexicon: tuple[Lexicon, ...] = ()
    regime: tuple[Regime, ...] = ()
    mark: tuple[Mark, ...] = ()
    document_code: tuple[DocumentCode, ...] = ()
    column_synonym: tuple[ColumnSynonym, ...] = ()
    name_word: tuple[NameWord, ...] = ()
    unmapped_thresholds: tuple[UnmappedThresholds, ...] = ()
    reason_code: tuple[ReasonCode, ...] = ()
    weekend: tuple[Weekend, ...] = ()
    public_holiday: tuple[PublicHoliday, ...] = ()


ControlList.model_rebuild()
Source.model_rebuild()
Alternatives.model_rebuild()
