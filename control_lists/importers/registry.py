"""Which importer reads a file: a list of parties, or the official text of a list."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.importers.source import Importer, TextImporter

MODULES = (
    "ofac_enhanced_xml",
    "ofac_advanced_xml",
    "ofac_sdn_xml",
    "ofac_csv",
    "us_csl_csv",
    "us_bis_part_744",
    "us_bis_dpl",
    "us_state_isn",
    "us_state_dtc",
    "un_sc_xml",
    "eu_fsf_xml",
    "eu_fsf_2016_xml",
    "eu_fsf_csv",
    "uk_ofsi_conlist",
    "uk_ofsi_xml",
    "uk_sanctions_list_csv",
    "uk_sanctions_list_xml",
    "jp_meti_eul",
    "jp_mof",
    "jp_specified_entities",
    "ca_sema",
    "au_dfat",
    "ch_seco",
    "cn_mofcom",
    "opensanctions_simple",
    "opensanctions_ftm",
    "national_csv",
)
"""All importers of lists of parties, the most particular form first."""

TEXT_MODULES = ("eu_annex_provisions", "us_ccl_xml", "us_ear_tables")
"""All importers of official texts."""


def importers() -> Iterator[Importer]:
    """Every importer, opened."""
    for name in MODULES:
        yield cast("Importer", import_module(f"control_lists.importers.{name}"))


def recognise_text(publication: Publication) -> TextImporter | None:
    """The importer of an official text; None where the file is none that is known."""
    opened = (cast("TextImporter", import_module(f"control_lists.importers.{name}")) for name in TEXT_MODULES)
    return next((importer for importer in opened if importer.recognises(publication)), None)


def recognise(publication: Publication) -> Importer:
    """The importer of a file; raises SourceFormatError where none knows it."""
    for importer in importers():
        if importer.recognises(publication):
            return importer
    raise SourceFormatError(
        f"{publication.name}: not a list that stc knows; 'stc lists sources' names those it does, "
        "and a national list is a CSV with the columns id, name and kind"
    )
