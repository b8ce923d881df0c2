"""Names within printed names."""

from __future__ import annotations

import pytest

from control_lists.importers.bracketed_names import Printed, printed_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("HILL STEEL WORKS (HSW)", [("HILL STEEL WORKS", False), ("HSW", True)]),
        ("HILL STEEL (HS) LTD", [("HILL STEEL LTD", False), ("HS", True)]),
        ("Société Étoile Filante (SEF)", [("Société Étoile Filante", False), ("SEF", True)]),
        ("ONE GROUP (OG) AND TWO GROUP (TG)", [("ONE GROUP", False), ("OG", True), ("TWO GROUP", False), ("TG", True)]),
        ("Jin Shan (金山)", [("Jin Shan", False), ("金山", False)]),
        ("Amir Shah (original script: Амир Шах)", [("Amir Shah", False), ("Амир Шах", False)]),
        ("HILL FOUNDATION (KENYA)", []),
        ("HILL (HONG KONG) TRADING", []),
        ("Hill Battalion (martyrs)", []),
        ("金山(香港)公司", []),
        ("Plain Name", []),
    ],
)
def test_abbreviations_and_other_scripts_are_names_places_are_not(printed, names) -> None:
    assert list(printed_names(printed)) == [Printed(*name) for name in names]
