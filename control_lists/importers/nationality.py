"""The country of a nationality as lists write it: a name, an adjective (``Tunisian``), or either with words about its standing."""

from __future__ import annotations

import re

from control_lists.codes.country import CountryNames

# Adjectives of the lists, by ISO code. One that two countries share (Congolese, Dominican, Guinean) is none.
_ADJECTIVES = {
    adjective: code
    for code, adjectives in {
        "AE": "emirati", "AF": "afghan afghani afgan", "AL": "albanian", "AM": "armenian", "AO": "angolan", "AR": "argentine",
        "AT": "austrian", "AU": "australian", "AZ": "azerbaijani azeri", "BA": "bosnian", "BD": "bangladeshi", "BE": "belgian",
        "BG": "bulgarian", "BH": "bahraini", "BI": "burundian", "BR": "brazilian", "BY": "belarusian belarussian", "CA": "canadian",
        "CH": "swiss", "CI": "ivorian", "CM": "cameroonian", "CN": "chinese", "CO": "colombian", "CU": "cuban", "CY": "cypriot",
        "CZ": "czech", "DE": "german", "DZ": "algerian", "EE": "estonian", "EG": "egyptian", "ER": "eritrean",
        "ES": "spanish", "ET": "ethiopian", "FI": "finnish", "FR": "french", "GB": "british english scottish", "GE": "georgian",
        "GH": "ghanaian", "GR": "greek", "GT": "guatemalan", "HR": "croatian", "HT": "haitian", "HU": "hungarian", "ID": "indonesian",
        "IE": "irish", "IL": "israeli", "IN": "indian", "IQ": "iraqi", "IR": "iranian", "IT": "italian", "JO": "jordanian",
        "JP": "japanese", "KE": "kenyan", "KG": "kyrgyz kyrgyzstani", "KH": "cambodian", "KP": "north_korean", "KR": "south_korean",
        "KW": "kuwaiti", "KZ": "kazakh kazakhstani", "LB": "lebanese", "LK": "sri_lankan", "LR": "liberian", "LT": "lithuanian",
        "LV": "latvian", "LY": "libyan", "MA": "moroccan", "MD": "moldovan", "ME": "montenegrin", "MK": "macedonian", "ML": "malian",
        "MM": "burmese", "MN": "mongolian", "MR": "mauritanian", "MT": "maltese", "MU": "mauritian", "MY": "malaysian", "NG": "nigerian",
        "NI": "nicaraguan", "NL": "dutch", "NO": "norwegian", "OM": "omani", "PA": "panamanian", "PH": "filipino",
        "PK": "pakistani", "PL": "polish", "PS": "palestinian", "PT": "portuguese", "QA": "qatari", "RO": "romanian", "RS": "serbian",
        "RU": "russian", "RW": "rwandan", "SA": "saudi saudi_arabian", "SD": "sudanese", "SE": "swedish", "SG": "singaporean",
        "SI": "slovenian", "SK": "slovak", "SN": "senegalese", "SO": "somali somalian", "SS": "south_sudanese", "SY": "syrian",
        "TD": "chadian", "TH": "thai", "TJ": "tajik tajikistani", "TM": "turkmen", "TN": "tunisian", "TR": "turkish türkiyish",
        "TW": "taiwanese", "TZ": "tanzanian", "UA": "ukrainian ukranian", "UG": "ugandan", "US": "american", "UZ": "uzbek uzbekistani",
        "VE": "venezuelan", "VN": "vietnamese", "YE": "yemeni", "ZA": "south_african", "ZM": "zambian", "ZW": "zimbabwean",
    }.items()
    for adjective in (word.replace("_", " ") for word in adjectives.split())
}  # fmt: skip
_SEVERAL = re.compile(r"[,;.]\s+|/|\s+(?:and|or)\s+")
_ASIDE = re.compile(r"\([^()]*\)?|\b(?:possibly|citizenship|citizen|national(?:ity)?)\b", re.IGNORECASE)


def country_text(text: str | None) -> str | None:
    """What a nationality names, ready for ``Draft.country``: a code for an adjective, else the text without its asides; None if blank.

    >>> country_text("Possibly Ethiopian"), country_text("Kuwait (as at Mar. 2009)"), country_text("Iranian citizenship")
    ('ET', 'Kuwait', 'IR')
    """
    if text is None:
        return None
    plain = " ".join(_ASIDE.sub(" ", text.replace("\xa0", " ")).split()).strip(" .;,)")
    return _ADJECTIVES.get(plain.casefold(), plain) or None


def country_texts(text: str | None, names: CountryNames) -> list[str]:
    """The countries of a nationality cell: one, or several where each part of the text is one (``Estonia, Russia``)."""
    whole = country_text(text)
    if whole is None:
        return []
    parts = [part for piece in _SEVERAL.split(text or "") if (part := country_text(piece))]
    if names.read(whole).code is None and len(parts) > 1 and all(names.read(part).understood for part in parts):
        return parts
    return [whole]
