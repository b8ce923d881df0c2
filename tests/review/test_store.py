"""What officers do with cases, on every database: four eyes, versions, holds, registers, precedents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from screening.errors import NotAllowedError, ReviewError, StaleCaseError, UnknownCaseError
from screening.parties.exceptions import COLUMNS, read_exceptions
from screening.policy import FourEyes, Policy, ReviewPolicy
from screening.review import CaseStore, Wanted, as_csv
from tests.review.determinations import TERMS, by, goods, party

BOSS, BEA = by("boss", "supervisor"), by("bea", "supervisor")


# --------------------------------------------------------------------------------------------------- opening
def test_a_case_is_opened_for_each_flag_and_for_each_lane_that_is_not_green(store: CaseStore) -> None:
    quiet = goods("Q-1", flag="NO_FINDING", lane="green")
    odd = goods("Q-2", flag="NO_FINDING", lane="yellow")
    opened = store.open_cases([quiet, odd, goods("G-1"), party("P-1")], by())
    assert opened.opened == (1, 2, 3)
    assert [row.declaration_id for row in store.queue()] == ["P-1", "G-1", "Q-2"]


def test_a_case_holds_the_whole_determination(store: CaseStore) -> None:
    record = goods("G-1", description="ключ \0 របស់", notes=[{"id": "n", "text": "Ünïcode"}])
    store.open_cases([record], by())
    assert store.case(1).determination == record
    assert store.case(1).row["snapshot"] == "5" * 64


def test_the_same_finding_under_newer_lists_is_no_second_case(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    again = store.open_cases([goods("G-1", snapshot="6" * 64, as_of="2026-11-25", notes=[{"id": "n", "text": "t"}])], by())
    assert (again.opened, again.known) == ((), (1,))


def test_another_finding_of_the_same_item_is_a_case_of_its_own(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    assert store.open_cases([goods("G-1", flag="PROHIBITED")], by()).opened == (2,)


def test_two_rows_of_the_same_number_are_two_cases(store: CaseStore) -> None:
    assert store.open_cases([goods("G-1"), goods("G-1", source_row=3)], by()).opened == (1, 2)


# --------------------------------------------------------------------------------------------------- disposing
def test_a_disposition_that_the_policy_does_not_name_stands_at_once(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    decided = store.decide(1, "false_positive", "other_party", by(), seen=1, text="seen the data sheet")
    assert (decided.awaits_second, decided.event.kind, store.case(1).state.status) == (False, "decided", "false_positive")
    assert store.queue() == []
    assert [row.case_id for row in store.queue(Wanted(is_closed=True))] == [1]


def test_four_eyes_are_two_people_and_the_second_a_supervisor(store: CaseStore) -> None:
    store.open_cases([party("P-1")], by())
    assert store.decide(1, "released", "other_party", BEA, seen=1).awaits_second
    assert store.case(1).state.status == "proposed"
    for who in (by(), BEA, by("  BEA ", "supervisor"), by("Bea", "supervisor")):
        with pytest.raises(NotAllowedError):
            store.confirm(1, who, seen=2)
    assert store.confirm(1, BOSS, seen=2).status == "released"
    assert store.case(1).state.proposal is None


def test_a_rejected_proposal_leaves_the_case_as_it_was(store: CaseStore) -> None:
    store.open_cases([party("P-1")], by())
    store.decide(1, "held", "consult_authority", by(), seen=1)
    store.decide(1, "released", "other_party", by(), seen=2)
    with pytest.raises(NotAllowedError):
        store.reject(1, by("cid"), seen=3, text="no")
    store.reject(1, BOSS, seen=3, text="the address is the same")
    state = store.case(1).state
    assert (state.status, state.due_on) == ("held", "2026-12-08")


def test_who_proposed_may_take_it_back(store: CaseStore) -> None:
    store.open_cases([party("P-1")], by())
    store.decide(1, "released", "other_party", by(), seen=1)
    assert store.reject(1, by(" Amy"), seen=2, text="my mistake").status == "open"


def test_nothing_is_decided_while_a_proposal_waits(store: CaseStore) -> None:
    store.open_cases([party("P-1")], by())
    store.decide(1, "released", "other_party", by(), seen=1)
    with pytest.raises(ReviewError, match="released is proposed and not confirmed"):
        store.decide(1, "held", "consult_authority", by(), seen=2)


def test_an_act_on_what_changed_meanwhile_is_refused_in_one_line_and_writes_nothing(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    store.note(1, "a certificate is announced", by("cid"))
    before = store.anchor()
    with pytest.raises(StaleCaseError, match=r"^case 1 changed meanwhile: noted by cid at 2026-11-24T09:30Z; it is at version 2, not 1;"):
        store.decide(1, "released", "any", by(), seen=1)
    assert store.anchor() == before


def test_the_policy_says_which_cases_need_a_second_person(store: CaseStore, place: str) -> None:
    policy = Policy(review=ReviewPolicy(four_eyes=(FourEyes(dispositions=("true_match",)),)))
    strict = CaseStore.open(place, lambda: TERMS._replace(policy=policy))
    strict.open_cases([goods("G-1"), party("P-1")], by())
    assert strict.decide(1, "true_match", "any", by(), seen=1).awaits_second
    assert not strict.decide(2, "released", "any", by(), seen=1).awaits_second
    strict.close()


@pytest.mark.parametrize(("disposition", "reason"), [("cleared", "any"), ("held", "other_party"), ("held", "nonsense")])
def test_a_disposition_and_its_reason_are_of_the_closed_words(store: CaseStore, disposition: str, reason: str) -> None:
    store.open_cases([goods("G-1")], by())
    with pytest.raises(ReviewError, match=r"one of"):
        store.decide(1, disposition, reason, by(), seen=1)


def test_a_viewer_looks_only(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    for act in (
        lambda who: store.note(1, "x", who),
        lambda who: store.decide(1, "held", "any", who, seen=1),
        lambda who: store.assign(1, "amy", who),
        lambda who: store.open_cases([goods("G-2")], who),
        lambda who: store.register("denials", {"denied_on": "2026-11-20"}, who),
    ):
        with pytest.raises(NotAllowedError):
            act(by("vic", "viewer"))


def test_a_case_that_is_not_there_is_told(store: CaseStore) -> None:
    for act in (lambda: store.case(7), lambda: store.note(7, "x", by()), lambda: store.precedents(7)):
        with pytest.raises(UnknownCaseError, match="no case 7"):
            act()


# --------------------------------------------------------------------------------------------------- hold clock
def test_a_hold_is_counted_in_working_days_and_a_renewed_one_from_its_first_day(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    assert store.decide(1, "held", "consult_authority", by(), seen=1).event.due_on == "2026-12-08"
    # Asked on 3 December for thirty working days: from 24 November, Christmas Day not counted.
    assert store.decide(1, "held", "consult_authority", by(days=9), seen=2, days=30).event.due_on == "2027-01-06"


def test_referral_and_questions_keep_the_clock_and_a_release_ends_it(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    store.decide(1, "held", "any", by(), seen=1)
    assert store.decide(1, "referred", "any", by(), seen=2).event.due_on == "2026-12-08"
    assert store.decide(1, "needs_information", "any", by(), seen=3).event.due_on == "2026-12-08"
    assert store.decide(1, "released", "any", by(), seen=4).event.due_on is None


def test_a_hold_of_no_known_length_has_no_last_day(store: CaseStore) -> None:
    store.open_cases([goods("G-1", export_country="VN", jurisdiction="UN")], by())
    assert store.case(1).row["hold_days"] is None
    assert store.decide(1, "held", "any", by(), seen=1).event.due_on is None


def test_holds_that_ended_are_listed_and_come_first(store: CaseStore) -> None:
    store.open_cases([party("P-1"), goods("G-1"), goods("G-2")], by())
    store.decide(3, "held", "any", by(), seen=1)
    assert [row.case_id for row in store.queue()] == [3, 1, 2]
    assert store.queue(Wanted(overdue_on=date(2026, 12, 8))) == []
    assert [row.case_id for row in store.queue(Wanted(overdue_on=date(2026, 12, 9)))] == [3]
    assert store.count(Wanted(overdue_on=date(2026, 12, 9))) == 1


# --------------------------------------------------------------------------------------------------- queue
def test_the_queue_is_narrowed_by_what_is_asked(store: CaseStore) -> None:
    store.open_cases([party("P-1", customs_office="KH01"), goods("G-1"), goods("G-2", jurisdiction="UN")], by())
    store.assign(2, "Cid", by())
    for wanted, ids in [
        (Wanted(lane="red"), [1]),
        (Wanted(customs_office="KH01"), [1]),
        (Wanted(flag="REVIEW"), [2, 3]),
        (Wanted(jurisdiction="UN"), [3]),
        (Wanted(assignee="cid"), [2]),
        (Wanted(declaration_id="G-2"), [3]),
        (Wanted(status="open", assignee="nobody"), []),
    ]:
        assert [row.case_id for row in store.queue(wanted)] == ids
        assert store.count(wanted) == len(ids)
    assert [row.case_id for row in store.queue(limit=1, offset=1)] == [2]


def test_numbers_agree_with_the_ledger(store: CaseStore) -> None:
    store.open_cases([party("P-1"), goods("G-1"), goods("G-2", hs_code=None)], by())
    store.decide(2, "false_positive", "any", by(days=3), seen=1)
    store.decide(3, "held", "any", by(), seen=1)
    counts = {(c.dimension, c.value): c for c in store.stats(date(2026, 12, 9))}
    every = counts["all", ""]
    assert (every.cases, every.open, every.held, every.overdue, every.false_positive, every.median_days) == (3, 2, 1, 1, 1, 3.0)
    assert (counts["lane", "red"].cases, counts["hs_chapter", "84"].cases, counts["hs_chapter", ""].overdue) == (1, 2, 1)


# --------------------------------------------------------------------------------------------------- precedents
def test_earlier_words_on_the_like_good_and_party_are_found(store: CaseStore) -> None:
    like = goods("G-2", description="Globe valves DN50, Hastelloy C276")
    other = goods("G-3", description="BELLOWS PUMP OF PTFE")
    elsewhere = goods("G-4", entry="eu-dual-use:2A226")
    store.open_cases([goods("G-1"), like, other, elsewhere, party("P-1"), party("P-2", "EXAMPLE TRADING COMPANY")], by())
    assert store.precedents(2) == []
    store.decide(1, "false_positive", "any", by(), seen=1)
    store.decide(5, "true_match", "any", by(), seen=1)
    (found,) = store.precedents(2)
    assert (found.kind, found.listed, found.disposition, found.case_id) == ("good", "eu-dual-use:2B350.g", "false_positive", 1)
    assert store.precedents(3) == []
    assert store.precedents(4) == []
    (found,) = store.precedents(6)
    assert (found.kind, found.text, found.disposition) == ("party", "Example Trading Co", "true_match")


def test_a_word_against_a_precedent_is_flagged_and_written(store: CaseStore) -> None:
    store.open_cases([goods("G-1"), goods("G-2"), goods("G-3")], by())
    store.decide(1, "true_match", "any", by(), seen=1)
    decided = store.decide(2, "false_positive", "any", by(), seen=1)
    assert [one.case_id for one in decided.contradicts] == [1]
    assert decided.event.details["contradicts"] == [1]
    assert store.decide(3, "held", "any", by(), seen=1).contradicts == []


def test_a_contradiction_is_found_behind_any_number_of_likes(store: CaseStore) -> None:
    alike = [goods(f"G-{n}", description=f"GLOBE VALVE DN25 HASTELLOY C276 LOT {n:04}") for n in range(31)]
    store.open_cases(alike, by())
    store.decide(1, "true_match", "any", by(), seen=1)
    for case_id in range(2, 31):
        store.decide(case_id, "false_positive", "any", by(), seen=1)
    assert len(store.precedents(31)) == 30
    assert [one.case_id for one in store.decide(31, "false_positive", "any", by(), seen=1).contradicts] == [1]


# --------------------------------------------------------------------------------------------------- registers
def test_an_exception_rests_on_a_confirmed_false_positive_and_is_read_by_screening(store: CaseStore, tmp_path: Path) -> None:
    store.open_cases([party("P-1", "Example Trading, Co")], by())
    with pytest.raises(NotAllowedError, match="case 1 is open"):
        store.grant_exception(1, "us-sdn:9647", by(), date(2027, 6, 30))
    store.decide(1, "false_positive", "other_party", by(), seen=1)
    with pytest.raises(NotAllowedError, match="case 1 is proposed"):
        store.grant_exception(1, "us-sdn:9647", by(), date(2027, 6, 30))
    store.confirm(1, BOSS, seen=2)
    for until in (date(2026, 11, 24), date(2027, 11, 25)):
        with pytest.raises(ReviewError, match="ends after today and by 2027-11-24"):
            store.grant_exception(1, "us-sdn:9647", by(), until)
    with pytest.raises(UnknownCaseError):
        store.grant_exception(1, "un-sc:1", by(), date(2027, 6, 30))
    store.grant_exception(1, "us-sdn:9647", by(), date(2027, 6, 30))
    path = tmp_path / "exceptions.csv"
    path.write_text(as_csv(store.exceptions(date(2027, 6, 29)), COLUMNS), encoding="utf-8")
    (one,) = read_exceptions(path).values()
    assert (one.name, one.list_id, one.entity_id, one.record, one.author) == ("Example Trading, Co", "us-sdn", "9647", "a1b2c3", "amy")
    assert store.exceptions(date(2027, 6, 30)) == []


def test_an_entry_that_is_withdrawn_leaves_its_register_and_stays_in_the_ledger(store: CaseStore) -> None:
    store.open_cases([goods("G-1")], by())
    first = store.register("denials", {"exporter": "Example GmbH", "denied_on": "2026-11-20"}, by())
    second = store.register("denials", {"denied_on": "2026-11-21", "reason": "end use, unclear"}, by(), case_id=1)
    assert as_csv(store.entries("denials")) == 'denied_on,exporter,reason\n2026-11-20,Example GmbH,\n2026-11-21,,"end use, unclear"\n'
    store.withdraw(second.seq, by(), "annulled")
    assert [one.seq for one in store.entries("denials")] == [first.seq]
    assert [event.kind for event in store.case(1).events] == ["opened", "registered", "withdrawn"]
    with pytest.raises(UnknownCaseError):
        store.withdraw(second.seq, by(), "twice")
    assert store.entries("licences") == []
    assert store.registers() == ["denials"]


# --------------------------------------------------------------------------------------------------- users, store
def test_roles_are_given_by_supervisors(store: CaseStore) -> None:
    store.name_user("Amy", "officer", BOSS)
    with pytest.raises(NotAllowedError):
        store.name_user("amy", "supervisor", by("amy"))
    assert store.users() == {"boss": "supervisor", "amy": "officer"}
    assert store.role_of("AMY") == "officer"
    store.name_user("amy", "viewer", BOSS)
    assert store.role_of("amy") == "viewer"


def test_the_first_user_is_a_supervisor(place: str) -> None:
    made = CaseStore.make(place, lambda: TERMS, BOSS)
    with pytest.raises(NotAllowedError):
        made.name_user("amy", "officer", by())
    made.close()


def test_a_store_that_is_not_there_is_told_and_not_made(place: str) -> None:
    with pytest.raises(ReviewError, match="no case store"):
        CaseStore.open(place, lambda: TERMS)
    assert not Path(place).exists()


def test_rows_cannot_be_changed_by_accident(store: CaseStore, place: str) -> None:
    store.open_cases([goods("G-1")], by())
    address = make_url(place).set(drivername="postgresql+pg8000") if "://" in place else f"sqlite:///{place}"
    engine = create_engine(address)
    for table in ("review_case", "review_event", "review_subject"):
        for statement in (f"UPDATE {table} SET case_id = 2", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match="never changed"), engine.begin() as connection:
                connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "cases of 50 % & more?mode=ro#1.db"
    CaseStore.make(path, lambda: TERMS, BOSS).close()
    assert path.is_file()


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    path.write_text("declaration_id,flag\n" * 100)
    with pytest.raises(ReviewError, match=r"review\.db: file is not a database"):
        CaseStore.open(path, lambda: TERMS)


@pytest.mark.parametrize("where", ["mysql://host/name", "postgresql://"])
def test_an_address_of_another_kind_is_one_line(where: str) -> None:
    with pytest.raises(ReviewError):
        CaseStore.open(where, lambda: TERMS)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(ReviewError) as told:
        CaseStore.open("postgresql://amy:secret@127.0.0.1:1/name", lambda: TERMS)
    assert "secret" not in str(told.value)
