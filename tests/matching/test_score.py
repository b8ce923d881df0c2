"""What counts for and against two names being one."""

from __future__ import annotations

import pytest

from screening.matching import AlignedWord
from screening.parties.names import compare_names
from screening.policy import NAME_THRESHOLD


def is_match(declared: str, listed: str) -> bool:
    return compare_names(declared, listed).score >= NAME_THRESHOLD


@pytest.mark.parametrize(
    ("declared", "listed"),
    [
        ("GUANGZHOU HAIGE COMM GRP", "Guangzhou Haige Communications Group Incorporated Company"),
        ("CNOOC ENERGY TECH & SRVCES LTD", "CNOOC Energy Technology & Services Limited"),
        ("INDUSTRIAL METALS & QUILLS SPRL", "Industrial Metals and Quills"),
        ("A. Q. Quill Research Laboratories", "Quill Research Laboratories"),
        ("ハニ アッサイード アッセバイ ユースフ", "ハニ・アッサイード・アッセバイ・ユースフ"),
        ("OOO Romashka", "Общество с ограниченной ответственностью «Ромашка»"),
        ("Siemens Aktiengesellschaft", "SIEMENS A.G."),
        ("Kabushiki Kaisha Toyota", "Toyota 株式会社"),
        ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
        ("习近平", "XI Jinping"),
        ("김정은", "Kim Jong Un"),
        ("محمد بن سلمان", "Mohammed bin Salman"),
        ("Владимир Путин", "PUTIN, Vladimir"),
        ("RamiMakhlouf", "Rami Makhlouf"),
        ("GAZ PROM NEFTEGAZ", "Gazprom Neftegaz"),
        ("1st Minsk Bearing Plant", "First Minsk Bearing Plant"),
        ("V. Lukashenko", "Viktor Lukashenko"),
        ("HUAWEI TECHNOLOGIES CO LTD BANTIAN LONGGANG DISTRICT SHENZHEN 518129", "Huawei Technologies Co., Ltd."),
        ("ROSOBORONEXPORT 27 STROMYNKA STR MOSCOW RUSSIA", "Rosoboronexport"),
        ("Saeroyal Shipping LIMTED", "Saeroyal Shipping Ltd"),
        ("Saeroyal Shpiping Intrenational", "Saeroyal Shipping International"),
        ("S PODOPRIGOROV", "Sergej Podoprigorov"),
        ("A. Lisjuk", "Alexej Lisjuk"),
        ("Rustam I. Temirhaliyev", "Rustam Ilmyrovych Temirhaliyev"),
        ("MG LLC", "LLC MG"),
        ("Yasir, Abu", "Abu Yasir"),
        ("JIONT STOCK COMPANY AVANGARD", "Joint Stock Company Avangard"),
        ("Limited Liability Naftagaz Drilling", "Limited Liability Company Naftagaz Drilling"),
        ("HELVETICNAVIGATION FZE", "Helvetic Navigation FZE"),
        ("GOLFRATE FOODINDUSTRIES", "Golfrate Food Industries"),
        ("Multimat Trading Comp any", "Multimat Trading Company"),
        ("TAMIL FDN", "Tamil Foundation"),
        ("Hital exch", "Hital Exchange"),
        ("Ivn Nikolayevich Abramov", "Ivan Nikolayevich Abramov"),
        ("Ynag Valentinovych NVIKOV", "Yang Valentinovych Novikov"),
        ("CENTRAL RESEARCH INSTITUTE OF ROBOT", "Central Research Institute of Robotics and Technical Cybernetics"),
    ],
)
def test_one_name_in_two_spellings_is_a_match(declared: str, listed: str) -> None:
    assert is_match(declared, listed)


@pytest.mark.parametrize(
    ("declared", "listed"),
    [
        ("TRADING CO LTD", "Mega Trading Co Ltd"),
        ("TRADING CO LTD", "Trading Co. Ltd."),
        ("CORP", "CORP"),
        ("Mohammed", "Mohammed"),
        ("Kirov Plant 5", "Kirov Plant 7"),
        ("Carlyle Partners II", "Carlyle Partners III"),
        ("SALMAN BIN MUHAMMAD AL-RAWI", "MUHAMMAD BIN SALMAN AL-RAWI"),
        ("ALI AHMED AL-RAWI", "AHMED ALI AL-RAWI"),
        ("Daniel Tusk", "Donald Tusk"),
        ("Siemens AG", "Volkswagen AG"),
        ("William G Frost", "William W Frost"),
        ("Global Trading Company", "General Trading Company"),
        ("Kori Cargo Proprietary Limited", "Khouri"),  # one word in common, by ear alone
        ("YDC INC", "IEDC"),
        ("MG LLC", "MG GmbH & Co KG"),
        ("OBSHCHESTVO S OGRANICHENNOI OTVETST", "Obshchestvo S Ogranichennoi Otvetstvennostyu Velesstroi"),
        ("Guangzhou Haige", "Guangzhou Haige Communications Group Incorporated Company of the Pearl River"),  # not long enough to be cut
        ("", "Gazprom"),
        ("!!!", "!!!"),
    ],
)
def test_names_that_share_too_little_are_no_match(declared: str, listed: str) -> None:
    assert not is_match(declared, listed)


def test_only_the_very_name_scores_one_hundred() -> None:
    listed = "Rosneft Trading SA"
    scores = [
        compare_names(text, listed).score
        for text in ("Rosneft Trading SA", "Rosneft Trade SA", "Trading Rosneft SA", "Rosneft Trading", "Rosneft")
    ]
    assert scores[0] == 100.0
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_the_evidence_names_every_aligned_pair() -> None:
    found = compare_names("Gazprom Neft Ltd", "GAZPROM NEFT OOO")
    assert found.evidence[0] == AlignedWord("gazprom", "gazprom", "exact", 1.0, 100.0)
    assert [word.kind for word in found.evidence] == ["exact", "exact", "legal_form"]


def test_order_of_words_hardly_matters() -> None:
    assert compare_names("Putin, Vladimir", "Vladimir Putin").score == 99.0


def test_a_name_cut_at_the_end_of_a_line_is_found_and_says_so() -> None:
    found = compare_names(
        "JSC SCIENTIFIC AND PRODUCTION ASSOC", "JSC 'Scientific and Production Association 'Moscow Radio Engineering Plant'"
    )
    assert found.score == 90.0
    assert found.evidence[-1].kind == "cut"


def test_a_misspelt_business_word_weighs_no_more_than_the_word_itself() -> None:
    whole, misspelt = (compare_names(text, "Soliton Research").score for text in ("Soliton Research", "Soliton Rseearch"))
    assert whole - misspelt < 5


@pytest.mark.parametrize(
    ("declared", "listed", "expected"),
    [
        ("ATLAS LLC", "Atlas", False),  # a word that many companies are called by, alone
        ("ATLAS", "Atlas Trading", False),
        ("ATLAS", "Atlas", True),  # but for the very name
        ("Atlas Kovrov LLC", "Atlas Kovrov", True),
        ("ATLAS SHIPPING SERVICES", "Atlas Shipping", False),  # common and business words alone, and more of them
        ("Korea Mining Development Trading Co., Ltd.", "Korea Mining Development Trading Corporation", True),
        ("AGORA LLC", "Agor Ltd", False),  # a common word is no slip of another
        ("Agorra Shipping Ltd", "Agora Shipping Ltd", True),
        ("Kimox Ceramics", "Kimox", False),  # a short name beside a line of civil business
        ("Kimox Trading", "Kimox", True),
        ("Rosoboronexport Foods", "Rosoboronexport", True),  # long enough to be nobody else's
        ("Kimo Trading", "Kimo", False),  # four letters
        ("NGT Trading", "NGT", False),  # three letters alone
        ("NGT LLC", "NGT JSC", False),
        ("NGT LLC", "NGT", True),
        ("Philip Marbel", "Marbel", False),  # one name of a person who has another
        ("Elmec SA", "Elmec Trade OU", False),  # another legal form and another business
        ("Ali Abdul Rahman", "Abdul Rahman", False),  # given names alone, and more of them
        ("Shaanxi Construction Engineering", "Shaanxi Jiajunao Construction Engineering", False),  # all but the name
        ("Vanguardo 12 Leninsky Prospekt Moscow 119991 Russia", "Vanguardo", True),  # a name with its address
        ("Vangardo 12 Leninsky Prospekt Moscow 119991 Russia", "Vangardo", True),
        ("Vangardo Leninsky Prospekt Moscow Russia Shenzhen", "Vangardo", False),
    ],
)
def test_a_lone_name_carries_what_its_rarity_and_length_allow(declared: str, listed: str, expected: bool) -> None:
    assert is_match(declared, listed) is expected


@pytest.mark.parametrize(
    ("declared", "listed", "expected"),
    [
        ("Tenera SARL", "Renera LLC", False),  # another first letter
        ("eTnera SARL", "Tenera SARL", True),  # two letters exchanged
        ("Novas LLC", "Novak LLC", False),  # another letter in so short a name
        ("Novask LLC", "Novak LLC", True),  # a letter too many
        ("Maxten JSC", "Maxteh LLC", False),  # another legal form as well
        ("Maxten LLC", "Maxteh LLC", True),
        ("Belvneshpromservis OAO", "Belvneshpromservice", True),  # long enough
        ("Simi", "Sima", False),  # by ear, in four letters
        ("ATEM Group", "ATM Group", False),  # three letters
    ],
)
def test_a_lone_name_bears_no_more_than_a_slip(declared: str, listed: str, expected: bool) -> None:
    assert is_match(declared, listed) is expected


def test_a_lone_ampersand_is_the_word_it_stands_for() -> None:
    assert compare_names("Quill & Ferrin Works", "Quill and Ferrin Works").score == 100
    assert compare_names("Quill & Ferrin Works SPRL", "Quill und Ferrin Works").score >= 98
