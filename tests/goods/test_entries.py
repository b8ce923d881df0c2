"""Goods that two independent checks of the EU list showed to be lost or flagged wrongly, and what the list answers now."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Ask


def _status(found: dict[str, Any], code: str) -> str | None:
    """The status of the candidate at or below ``code``; None where there is none but an HS hint."""
    shown = [c for c in found["candidates"] if c["status"] != "hint"]
    return next((c["status"] for c in shown if c["code"] == code or c["code"].startswith(code + ".")), None)


@pytest.mark.parametrize(
    ("declared", "attributes", "code", "status"),
    [
        # An ordinary word beside the good says nothing about it.
        ("REACTOR COOLANT PUMP 1000 MW PWR, WITH FLYWHEEL AND DIESEL ENGINE", {}, "0A001.g", "met"),
        ("IN-CORE NEUTRON DETECTOR, MOISTURE PROOF PACKED", {}, "0A001.j", "met"),
        ("MOLYBDENUM POWDER 99.95 % 3 UM, OXIDE FREE", {}, "1C117.b", "needs_data"),
        ("TUNGSTEN FORGING OXIDE FREE FOR MISSILE", {}, "1C117.c", "needs_data"),
        ("MACHINING CENTRE 5 AXIS IN WOODEN CASE", {}, "2B001.b", "needs_data"),
        ("MACHINING CENTRE 5 AXIS WITH TOOLS FOR MACHINING OF METAL", {}, "2B001.b", "needs_data"),
        ("5 AXIS MACHINING CENTRE WITH SPARE PARTS AND TOOL HOLDER FOR SPINDLE", {}, "2B001.b", "needs_data"),
        ("5 AXIS MACHINING CENTRE INCL. CUTTING OIL", {}, "2B001.b", "needs_data"),
        ("SHAKER SYSTEM 100 KN SINE FORCE WITH CONCRETE BASE", {}, "2B116.c", "met"),
        ("VIBRATION TEST SHAKER 60 KN FOR PHONE TESTING", {}, "2B116.c", "met"),
        ("CENTRIFUGE 150 G FOR LABORATORY GYROSCOPE TEST WITH SLIP RING", {}, "2B122", "needs_data"),
        ("CANNED MOTOR PUMP TITANIUM 3 M3/H SOLAR PLANT", {}, "2B350.i", "met"),
        ("SAW DELAY LINE IN WOOD BOX", {}, "3A001.c.1", "needs_data"),
        ("SUPERCONDUCTING MAGNET 9 T WITH NBTI WIRE COIL", {}, "3A001.e.3", "needs_data"),
        ("SUPERCONDUCTING SOLENOID 3 T, WOUND FROM NBTI STRAND", {}, "3A201.b", "needs_data"),
        ("PCIE DIGITIZER 12 BIT 2 GS/S WITH GRAPHIC CARD", {}, "3A002.h", "met"),
        ("DUV LITHOGRAPHY SCANNER ARF 193 NM RESOLUTION 38 NM WITH FAN FILTER UNIT", {}, "3B001.f.1", "met"),
        ("HIGH TEMPERATURE DOWNHOLE COMPUTER 150 C WITH CASE FOR TRANSPORT", {}, "4A001.a.1", "met"),
        ("PHOTONIC COMPUTER WITH FIBRE CONNECTORS, MONITOR AND KEYBOARD", {}, "4A004.c", "met"),
        ("SPYWARE PLATFORM FOR MOBILE DEVICES WITH DETECTION AVOIDANCE", {}, "4A005", "met"),
        ("UWB RADIO EQUIPMENT WITH KEY MANAGEMENT", {}, "5A001.b.4", "needs_data"),
        ("HIGH TENSILE OPTICAL FIBRE 10 KM PROOF STRESS 2.2 GPA LIGHT WEIGHT", {"length": "10 km"}, "5A001.c", "met"),
        ("ENCRYPTED MESH RADIO AES 256", {}, "5A002.a.2", "needs_data"),
        ("NEXT GENERATION FIREWALL WITH POWER SUPPLY FOR RACK", {}, "5A002.a.2", "needs_data"),
        ("FIBRE TAPPING DETECTION SYSTEM FOR DATA CABLE, WATER PROOF", {}, "5A003.a", "met"),
        ("ROCKET TELEMETRY TRANSMITTER 10 METER CABLE", {}, "5A101", "met"),
        ("ELECTRON BOMBARDED CCD WITH THERMOELECTRIC COOLING", {}, "6A002.a.2.c.2", "needs_data"),
        ("THERMAL IMAGING CAMERA 30 HZ WITH CARRYING CASE FOR TRANSPORT", {}, "6A003.b.4.b", "met"),
        ("FIBRE LASER 3 KW, 1070 NM, CUTTING HEAD INCLUDED", {}, "6A005.a", "met"),
        ("MISSILE RADAR CROSS SECTION MEASUREMENT SYSTEM WITH REINFORCED SHELTER", {}, "6B108", "met"),
        ("RING LASER GYRO 0.01 DEG/H FOR GIMBAL CAMERA PLATFORM", {}, "7A002", "needs_data"),
        ("FOG COIL WINDING MACHINE WITH TRANSFORMER 230V", {}, "7B003", "met"),
        ("INERTIAL NAVIGATION SYSTEM WITH KALMAN FILTER", {}, "7A003", "needs_data"),
        ("SUBSEA THRUSTER DEPTH RATED 4000 M WITH LITHIUM ION BATTERY AND HALL SENSOR", {}, "8A002.a.2", "met"),
        ("FIBRE OPTIC PRESSURE HULL PENETRATOR WITH NOSE CONE", {}, "8A002.c", "met"),
        ("CAVITATION TUNNEL WITH WATERPROOF SENSORS", {}, "8B001", "needs_data"),
        ("SYNTACTIC FOAM 5000 M 480 KG/M3 WITH HEAVE COMPENSATOR", {}, "8C001", "needs_data"),
        ("SATELLITE LAUNCH VEHICLE WITH TROLLEY", {}, "9A004.a", "met"),
        ("SATELLITE PAYLOAD WITH DISH ANTENNA", {}, "9A004.d", "needs_data"),
        ("ROCKET INTERSTAGE STRUCTURE WITH COOLER", {}, "9A117", "met"),
        ("UAV WITH SPARE PARTS", {}, "9A012.a", "needs_data"),
        ("4U RACK AI SERVER", {}, "4A003", "needs_data"),
        # Words that the entry did not know.
        ("STAB RESISTANT VEST NIJ IIIA", {}, "1A005", "met"),
        ("HELIUM CIRCULATOR FOR HTGR NUCLEAR REACTOR", {}, "0A001.g", "met"),
        ("PLASMA SEPARATION PROCESS URANIUM COLLECTOR", {}, "0B001.i", "needs_data"),
        ("SANTOVAC 5 DIFFUSION PUMP FLUID", {}, "1C006.b", "met"),
        ("MELPE VOCODER MODULE", {}, "5A001.b.6", "needs_data"),
        ("TRANSIENT RECORDER 14 BIT 500 MSPS", {}, "3A002.h", "needs_data"),
        ("RUBBER INSULATION FOR MISSILE MOTOR CASE", {}, "9C108", "met"),
        ("X RAY STEPPER LITHOGRAPHY 1 NM", {}, "3B001.f.1", "met"),
        # A note that is read no wider than it is.
        ("5 AXIS MACHINING CENTRE FOR CRANKSHAFT AND TURBINE BLADES", {}, "2B001.b", "needs_data"),
        ("ANGLE ENCODER 0.4 ARCSEC CALIBRATED WITH AUTOCOLLIMATOR", {}, "2B006.c", "met"),
        ("SUPERCONDUCTING SOLENOID 9 T, 350 MM BORE, MRI COMPATIBLE", {}, "3A201.b", "needs_data"),
        ("SUPERCONDUCTING MAGNET FOR MRI", {}, "3A201.b", "not_met"),
        ("DENTAL MILLING MACHINE CNC 5 AXIS ZIRCONIA", {}, "2B001.b", "not_met"),
        ("EXTREME TEMPERATURE COMPUTER WITH TRAIN OF PULSES OUTPUT", {}, "4A001.a.1", "needs_data"),
        ("FREQUENCY HOPPING RADIO WITH LTE BACKHAUL", {}, "5A001.b.3", "needs_data"),
        ("COOLED THERMAL CAMERA MWIR WITH BROADCAST VIDEO OUTPUT", {}, "6A003.b.4.a", "met"),
        ("AUTOMOTIVE SIC MOSFET MODULE 1200 V 50 A JUNCTION TEMPERATURE 220 C", {}, "3A001.h", "met"),
    ],
)
def test_a_listed_good_is_still_recognised(ask: Ask, declared: str, attributes: dict[str, str], code: str, status: str) -> None:
    assert _status(ask(description=declared, attributes=attributes), code) == status


@pytest.mark.parametrize(
    ("declared", "code", "status"),
    [
        ("BACILLUS ANTHRACIS STRAIN ON AGAR SLANT", "1C351", "needs_data"),
        ("AFRICAN SWINE FEVER VIRUS ISOLATE IN CRYOTUBE, CULTURE MEDIUM DMEM", "1C351", "needs_data"),
        ("RIFT VALLEY FEVER LIVE VIRUS CULTURE NEGATIVE FOR MYCOPLASMA", "1C351", "needs_data"),
        ("BOVINE SEMEN NEGATIVE FOR LUMPY SKIN DISEASE VIRUS", "1C351", None),
        ("AFRICAN SWINE FEVER VIRUS ELISA TEST KIT", "1C351", None),
        ("BRUCELLA MELITENSIS ANTIGEN ROSE BENGAL", "1C351", None),
    ],
)
def test_an_agent_beside_its_medium_is_asked_about_and_a_test_for_it_is_not(ask: Ask, declared: str, code: str, status: str | None) -> None:
    assert _status(ask(description=declared), code) == status


@pytest.mark.parametrize(
    ("declared", "code", "status"),
    [
        ("MISSILE TRACKING RADAR TRANSPONDER", "6A108", "needs_data"),
        ("AI ACCELERATOR WITH SYSTOLIC ARRAY PROCESSOR", "4A004", "needs_data"),
        ("MAGNETIC COMPENSATION SYSTEM FOR SHIP", "6A006", "needs_data"),
        ("MAGNETIC FIELD COMPENSATION SYSTEM FOR ELECTRON MICROSCOPE", "6A006", None),
        ("ROV DYNAMIC POSITIONING SYSTEM WITHIN 5 M", "8A002.b", "needs_data"),
        ("EARTH OBSERVATION PAYLOAD, IMAGING PAYLOAD", "9A004.d", "needs_data"),
        ("LASER GYRO MIRROR 5 PPM", "7B002", "needs_data"),
        ("HYDROGEN ISOTOPE EXCHANGE COLUMN", "0B004.b.10", "needs_data"),
        ("TUNGSTEN ALLOY BILLET 90% W DIAMETER 130 MM LENGTH 200 MM FOR MISSILE", "1C117.c", "not_met"),
        ("ROCKET SALAD PRODUCTION PLANT", "9B116", None),
        ("ANTI SPYWARE PLATFORM", "4A005", None),
    ],
)
def test_words_alone_raise_no_confident_licence_flag(ask: Ask, declared: str, code: str, status: str | None) -> None:
    found = ask(description=declared)
    assert found["flag"] in ("NO_FINDING", "REVIEW")
    assert _status(found, code) == status


@pytest.mark.parametrize(
    "declared",
    [
        "CASE FOR THERMAL CAMERA",
        "CARRYING CASE FOR FLIR THERMAL CAMERA",
        "TOOL FOR CNC MILLING MACHINE",
        "CUTTING OIL FOR CNC MILLING MACHINE",
        "GRAPHIC TABLET DIGITIZER PEN",
        "OPTICAL COMPUTER MOUSE",
        "UWB TAG FOR CAR KEY",
        "LASER CUTTING HEAD FOR FIBRE LASER",
        "INTRUSION DETECTION SYSTEM SERVER",
        "ANTENNA FOR UAV GROUND STATION",
        "CONCRETE VIBRATOR SHAKER",
        "BUOYANCY AID FOAM 50 N",
    ],
)
def test_a_part_or_namesake_of_a_listed_good_is_not_found(ask: Ask, declared: str) -> None:
    assert ask(description=declared)["flag"] == "NO_FINDING"
