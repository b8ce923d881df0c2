"""The European Union's entry summary declaration of the first Import Control System (CC315A), which Great Britain still takes.

Element names: the Commission's schema of CC315A, version 11.2. Their tails are the box numbers of the form.
"""

from __future__ import annotations

from screening.read.messages.record import Record
from screening.read.messages.shape import Level, Paper, Party, Shape


def _party(role: str, *parts: str) -> Party:
    """A party whose elements are, in this order: name, street, city, postcode, country, number."""
    name, street, city, postcode, country, number = parts
    return Party(role, {name: "name", street: "address", city: "address", postcode: "address", country: "country", number: "id"})


_HEADER = Level(
    ("CC315A",),
    fields={
        "HEAHEA/DocNumHEA5": "_registration",
        "HEAHEA/RefNumHEA4": "_reference",
        "HEAHEA/DecDatTimHEA114": "declared_on",
        "HEAHEA/TraModAtBorHEA76": "transport_mode",
        "ITI/CouOfRouCodITI1": "transit_countries",
        "CUSOFFFENT730/RefNumCUSOFFFENT731": "customs_office",
    },
    groups={
        "TRACONCO1": _party("consignor", "NamCO17", "StrAndNumCO122", "CitCO124", "PosCodCO123", "CouCO125", "TINCO159"),
        "TRACONCE1": _party("consignee", "NamCE17", "StrAndNumCE122", "CitCE124", "PosCodCE123", "CouCE125", "TINCE159"),
        "NOTPAR670": _party(
            "notify_party", "NamNOTPAR672", "StrNumNOTPAR673", "CitNOTPAR674", "PosCodNOTPAR676", "CouCodNOTPAR675", "TINNOTPAR671"
        ),
        "PERLODSUMDEC": _party("declarant", "NamPLD1", "StrAndNumPLD1", "CitPLD1", "PosCodPLD1", "CouCodPLD1", "TINPLD1"),
        "TRAREP": _party("broker", "NamTRE1", "StrAndNumTRE1", "CitTRE1", "PosCodTRE1", "CouCodTRE1", "TINTRE1"),
        "TRACARENT601": _party(
            "carrier", "NamTRACARENT604", "StrNumTRACARENT607", "CtyTRACARENT603", "PstCodTRACARENT606", "CouCodTRACARENT605",
            "TINTRACARENT602",
        ),
    },
    aside=frozenset(
        (
            "MesSenMES3", "MesRecMES6", "DatOfPreMES9", "TimOfPreMES10", "MesIdeMES19", "MesTypMES20", "CorIdeMES25", "SEAID529",
            "HEAHEA/TotNumOfIteHEA305", "HEAHEA/TotNumOfPacHEA306", "HEAHEA/TraChaMetOfPayHEA1",
        )
    ),
)  # fmt: skip
_ITEM = Level(
    ("GOOITEGDS",),
    fields={
        "IteNumGDS7": "item_number",
        "GooDesGDS23": "description",
        "COMCODGODITM/ComNomCMD1": "hs_code",
        "UNDanGooCodGDI1": "un_number",
        "PACGS2/MarNumOfPacGSL21": "marks",
        "CONNR2/ConNumNR21": "container_numbers",
    },
    groups={
        "TRACONCO2": _party("consignor", "NamCO27", "StrAndNumCO222", "CitCO224", "PosCodCO223", "CouCO225", "TINCO259"),
        "TRACONCE2": _party("consignee", "NamCE27", "StrAndNumCE222", "CitCE224", "PosCodCE223", "CouCE225", "TINCE259"),
        "PRTNOT640": _party(
            "notify_party", "NamPRTNOT642", "StrNumPRTNOT646", "CtyPRTNOT643", "PstCodPRTNOT644", "CouCodGINOT647", "TINPRTNOT641"
        ),
        "PRODOCDC2": Paper({"DocTypDC21": "code", "DocRefDC23": "reference"}),
    },
    aside=frozenset(("MetOfPayGDI12",)),
)
# Every text has its language beside it.
_LANGUAGES = frozenset(
    (
        "GooDesGDS23LNG", "MarNumOfPacGSL21LNG", "DocRefDCLNG", "NADLNGCO", "NADLNGCE", "NADLNGGTCO", "NADLNGGICE", "NOTPAR670LNG",
        "PRTNOT640LNG", "PERLODSUMDECLNG", "TRAREPLNG", "TRACARENT601LNG", "CodPlUnHEA357LNG", "DecPlaHEA394LNG",
        "IdeOfMeaOfTraCroHEA85LNG", "PlaLoaGOOITE334LNG", "PlaUnlGOOITE333LNG", "PlaLoaGOOITE333LNG", "IdeMeaTraGIMEATRA972LNG",
    )
)  # fmt: skip


def finish(record: Record) -> None:
    """The number, and that the goods enter."""
    record.put("declaration_id", record.first("_registration", "_reference"))
    record.put("operation", "import")


SHAPE = Shape("eu_entry_summary", {"CC315A": 0, "CC313A": 0, "CC328A": 0}, (_HEADER, _ITEM), finish, aside=_LANGUAGES)
