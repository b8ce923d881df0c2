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
