"""The words and punctuation by which the free-text cells of the BIS lists are read; the grammar is ``bis_entity_cell``."""

from __future__ import annotations

import re

SEPARATOR = "¦"
"""Stands for an "and" that is printed in italics: what it joins are two items of a list, hardly ever parts of one."""

NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twenty|thirty|forty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
MARK = r"\b(?:[an][./]?\s?k[./]?\s?a|(?P<former>f[./]?\s?k[./]?\s?a))\b\s?[.,;:]*(?:,\s*)?"
KNOWN_AS = re.compile(MARK, re.IGNORECASE)
ALIAS_HEADER = re.compile(
    rf"[\s,;]*(?:\(?{MARK}\s*)?(?:\b(?:as|and|including|the|follow(?:ing)?|{NUMBER})\s+)+(?:alias(?:es)?|aliaes|entity)\b"
    rf"(?:,?\s+(?:and|including)\s+(?:the\s+named\s+)?(?:{NUMBER}\s+)?(?:subordinate\s+)?institutions)?\s*(?:[:;]|,?\s*(?=\n|[—–]|$))\s*",
    re.IGNORECASE,
)
NOTE = re.compile(r"[\s;,]*\(\s*((?:See|For alternate)\b[^()]*(?:\([^()]*\)[^()]*)*)\)?[.\s]*$", re.IGNORECASE)
ADDRESS_ENTRY = re.compile(r"^(Address\s+\d+)\s*[,:]\s*", re.IGNORECASE)
ADDRESS_LABEL = re.compile(r"^(?:Alt(?:ernate)?\.?\s+)?Address(?:es)?\s*:\s*", re.IGNORECASE)
SUBORDINATE = re.compile(rf"(?:[;,]\s*(?:and|{SEPARATOR}))?\s*\bsubordinate\s+institu(?:t)?ion\b\s*:?\s*", re.IGNORECASE)
AFFILIATED = re.compile(r"(?:^|\n)Affiliated entities\s*:\s*", re.IGNORECASE)
FOR_ALL = re.compile(r"The following addresses apply to the entity and (?:to )?the [\w ]*institutions\s*:\s*", re.IGNORECASE)

_LEGAL = (
    r"(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|l\.l\.c|llp|lp|l\.p|plc|gmbh|ag|kg|oy|oyj|ab|as|a\.s|a/s|aps|"
    r"bv|b\.v|nv|n\.v|sa|s\.a|sas|s\.a\.s|sarl|s\.a\.r\.l|srl|s\.r\.l|s\.p\.a|spa|sl|s\.l|s\.l\.u|sro|s\.r\.o|spol|doo|d\.o\.o|ood|eood|jsc|"
    r"cjsc|ojsc|pjsc|zao|oao|ooo|ao|pao|ppo|npo|npp|nao|aozt|tov|fgup|fgbu|uab|pt|pte|pty|pvt|private|sdn|bhd|berhad|fze|fzc|fzco|dmcc|"
    r"kk|k\.k|kft|zrt|e\.k|sti|j\.s|est|establishment|unitary enterprise|joint[ -]stock company|limited liability company|ltda|lda)"
)
LEGAL_FORM = re.compile(
    rf"^(?:\(?{_LEGAL}\b\)?[\s.,&]*)+(?:\([^()]*\)\s*)*$|^(?:\([^()]*\)[\s.]*)+$|^(?:{_LEGAL}\.?\s+)+of\s+[\w' -]+$", re.IGNORECASE
)
"""A piece between commas that is a legal form or a bracket, and belongs to the name before it."""
ENDS_LEGAL = re.compile(rf"\b(?!company$|corporation$|co$|corp$){_LEGAL}$", re.IGNORECASE)
STARTS_LEGAL = re.compile(rf"^{_LEGAL}\b\.?\s+[A-Z]", re.IGNORECASE)
_ADDRESS_NUMBER = r"(?:(?:no|flat|room|rm|unit|floor|suite|office|building|bldg|p\.?\s?o)\b\.?[\s/:#]|(?!\d+(?:st|nd|rd|th)\b)\d|#)"
RUN_ON = re.compile(rf"^([^,]*\s{_LEGAL}\b\.?\)?)\s+(?={_ADDRESS_NUMBER})", re.IGNORECASE)
"""A name whose legal form is followed by an address without a comma."""
LEGAL_RUN_ON = re.compile(rf"^\s*(?:{_LEGAL}\b\.?\s*)+(?:\([^()]*\)\s*)?\.?\s+(?={_ADDRESS_NUMBER})", re.IGNORECASE)
SENTENCE = re.compile(r"^([^,;]{3,}?)(?:\.\s*(?=\d)|\.\s+(?=[^,]*\d[^,]*,)|;\s+)")
"""A name that ends in a full stop or a semicolon before an address with a number."""
WHOLE_SENTENCE = re.compile(r"^([^,;]{3,}?)\.\s+(?=[A-Z]|ul\.|d\.)")
"""A name that ends in a full stop, where a name is known to be followed by an address."""
SCOPE = re.compile(r",\s+(including the ([^,.]+?) and all operating units wherever located\..*)$", re.IGNORECASE | re.DOTALL)
"""What an entry says of its reach, with the name of what it takes in."""

_ADDRESS_START = re.compile(
    r"^(?:#|\d|no\.?\s?:?\s?\d|nos?\.?$|nos?\.\s|[a-z]{1,3}[-/]?\d|(?:room|rm|rooms|unit|flat|flats|suite|ste|office|floor|level|building|bldg|"
    r"block|blk|shop|apt|apartment|house|plot|lot|p\.?\s?o\.?\s?b|post office|po|pob|box|c/o|ul|ulitsa|prospekt|pr|prosp|d|dom|str|nab|"
    r"jalan|jl|rue|via|calle|avenida|workshop|warehouse|basement|ground|first|second|third|fourth|fifth|the corner|intersection)\b)",
    re.IGNORECASE,
)
_ADDRESS_WORD = re.compile(
    r"\b(?:street|st|str|road|rd|avenue|ave|av|lane|boulevard|blvd|blve|highway|hwy|drive|square|alley|district|zone|village|town|township|"
    r"province|region|oblast|obl|territory|park|estate|building|bldg|floor|ulitsa|ul|prospekt|prospect|pereulok|per|shosse|naberezhnaya|nab|"
    r"embankment|emb|proezd|ploshchad|bulvar|bul'var|mah|mahallesi|cad|caddesi|sok|sokak|bulvari|bulvarı|tower|plaza|arcade|markaz|colony|"
    r"county|base|city|jalan|box)\b|(?:strasse|straße|gasse)\b",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:company|corporation|corp|institutes?|institut|institution|university|academy|factory|plant|bureau|laborator(?:y|ies)|department|"
    r"ministry|agency|enterprises?|association|group|cent(?:er|re)|works|technolog(?:y|ies)|electronics|industr(?:y|ies)|engineering|systems|"
    r"trading|airlines|services|council|committee|directorate|division|branch|commission|college|school|organi[sz]ation|concern|sciences|"
    r"forces?|army|navy|equipment|npo|lab)\b",
    re.IGNORECASE,
)
ABBREVIATED = re.compile(
    r"(?:^|[\s.,(&'])(?:[a-z]|(?:[a-z]\.)+[a-z]|ltd|inc|co|corp|bhd|bros|sti|şti|tic|san|mfg|intl|mach|tech|dev|mat|ind|imp|exp|equip|man|nat|"
    r"std|jr|sr|st|str|elec|im|no|bldg|rd|ave|blvd|obl|dr|u\.a\.e)$",
    re.IGNORECASE,
)
"""A text whose last word is an abbreviation, so that a full stop after it belongs to the word."""
JOINT = re.compile(
    rf"\s*(?:(?P<sure>[;,.]\s*{SEPARATOR}[,;]?|;\s*and(?![a-z])[,;]?|(?<!\bNo);)|(?P<italic>{SEPARATOR}[,;]?)|[,.]?\s+and\b)\s*",
    re.IGNORECASE,
)
"""What may stand between two addresses."""


_NUMBERED = re.compile(r"^\d+(?:st|nd|rd|th)?\s+(?:[A-Z][\w-]*\s+){0,4}(?:Plant|Institute|Factory|Academy|Bureau)\b")


def is_address(piece: str) -> bool:
    """Whether a piece between commas looks like a part of an address.

    >>> is_address("12 Lenina Street"), is_address("Room 5"), is_address("Institute of Physics")
    (True, True, False)
    """
    stripped = piece.strip(" .")
    if _NUMBERED.match(stripped):
        return False
    return bool(_ADDRESS_START.match(stripped) or _ADDRESS_WORD.search(stripped))
