"""The main job, end to end: from an empty folder to balances, a redemption and a passed audit, on real files."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.journeys.main_job import HERS, IMPORTS, MONTHS, Job, do, hledger_balances
from tests.journeys.reckoning import A_DAY, A_MONTH, Earned, read, reckon
from tests.needs import SHARED_DATA
from tests.typed import asked, run

OF_REPORTS = ("report", "hazard", "repeat")
THEIRS = "FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event WHERE e.source = 'pingshan'"


@pytest.fixture(scope="module")
def job(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The whole job, done once; the tests look at what it left and change nothing."""
    return do(tmp_path_factory.mktemp("main"))


@pytest.fixture(scope="module")
def earned(job: Job) -> dict[str, Earned]:
    """What each phone should have, reckoned from the files by other code."""
    return reckon(SHARED_DATA, job.numbers)


def test_the_files_give_the_rows_and_the_errors_they_hold(job: Job) -> None:
    """6,000 events, 1,520 members, 5,403 contributions; 154 rows in "2小时半" get 2.5, two name nobody or nothing."""
    assert job.said["events"]["inserted"] == 6000
    assert job.said["members"]["inserted"] == 1520
    assert (job.said["events"]["errors"], job.said["members"]["errors"]) == (0, 0)
    contributions = job.said["contributions"]
    assert (contributions["rows"], contributions["errors"], contributions["inserted"]) == (5403, 156, 5247)
    wrong = [p for p in contributions["problems"] if p["weight"] == "error"]
    spelled = [p for p in wrong if p["value"] == "2小时半"]
    assert len(spelled) == 154
    assert {(p["column"], p["facts"].get("hours")) for p in spelled} == {("时长（小时）", "2.5")}
    assert sorted(p["column"] for p in wrong if p not in spelled) == ["事件编号", "手机"]


def test_the_rows_in_error_are_in_a_file_with_the_reason(job: Job) -> None:
    """…-errors.csv stands in the folder, every row in error with its reason."""
    rows = read(job.folder / "contributions-errors.csv")
    assert len(rows) == 156
    assert all(row["原因"] for row in rows)
    assert {"2.5" in row["原因"] for row in rows if row["时长（小时）"] == "2小时半"} == {True}


def test_six_events_without_a_community_are_said_and_go_in(job: Job) -> None:
    """A community "-" is a warning with its row; the events are there without an area, and wait."""
    said = [p for p in job.said["events"]["problems"] if p["column"] == "COMMUNITY_NAME"]
    assert [p["weight"] for p in said] == ["warning"] * 6
    assert job.rows("SELECT count(*) FROM events_event WHERE source = 'pingshan' AND area IS NULL") == [(6,)]
    waiting = {one["reason"]: one["count"] for one in job.said["verify the rest"]["waiting"]}
    assert waiting == {"NoArea": 5}


def test_a_participant_of_the_reporters_household_is_said(job: Job) -> None:
    """The one participant who lives with the reporter, being the same person, is named with the row."""
    tried = job.said["contributions, tried"]["problems"]
    assert [(p["row"], p["column"]) for p in tried if "上报人" in p["reason"]] == [(4904, "手机")]


def test_few_events_are_of_no_category(job: Job) -> None:
    """At most 5 % fall into Z, and the mapping is shown, adding up to every event."""
    tally = job.said["events"]["tally"]
    assert sum(tally.values()) == 6000
    assert tally["Z"] <= 300
    mapped = {letter: sum(words.values()) for letter, words in job.said["events"]["mapping"].items()}
    assert mapped == tally


@pytest.mark.parametrize("name", IMPORTS)
def test_the_dry_run_has_the_plan_of_the_real_run(job: Job, name: str) -> None:
    """Each row is said, and what is said is done: the same counts, the same problems, as many rows as promised."""
    tried, done = job.said[f"{name}, tried"], job.said[name]
    for key in ("rows", "new", "unchanged", "errors", "warnings", "tally", "problems"):
        assert tried[key] == done[key], key
    assert "inserted" not in tried
    assert len(tried["plan"]) == done["rows"]
    assert sum(row["what"] == "new" for row in tried["plan"]) == done["inserted"]
    assert [row["row"] for row in tried["plan"] if row["what"] == "error"] == sorted(
        {p["row"] for p in done["problems"] if p["weight"] == "error"}
    )


def test_every_member_has_the_points_and_minutes_of_the_rules(job: Job, earned: dict[str, Earned]) -> None:
    """Reckoned a second time from the raw files by code of their own, points and minutes agree for everyone."""
    ours = {
        member: (points, minutes)
        for member, points, minutes in job.rows(
            f"SELECT v.member, sum(v.points), sum(v.minutes) {THEIRS} GROUP BY 1"
        )
    }
    theirs = {job.numbers[phone]: (each.points, each.minutes) for phone, each in earned.items()}
    assert len(ours) > 1000
    assert sum(points for points, _ in ours.values()) > 10_000
    assert {m: (ours.get(m), theirs[m]) for m in theirs if ours.get(m, (0, 0)) != theirs[m]} == {}
    assert set(ours) <= set(theirs)


def test_the_accounts_hold_what_was_decided(job: Job, earned: dict[str, Earned]) -> None:
    """Honour, hours and spendable points in the ledger are those points and minutes, for every member of the file."""
    balances = account_balances(job)
    spent = {job.said["shopper"]: job.said["redeem"]["points"]}
    for phone, each in earned.items():
        member = job.numbers[phone]
        assert balances.get((f"member/{member}/honour", "honour"), 0) == each.points
        assert balances.get((f"member/{member}/hours", "minutes"), 0) == each.minutes
        left = balances.get((f"member/{member}/until/2019-12-31", "points"), 0)
        assert left == each.points - spent.get(member, 0), member


def test_no_report_breaks_a_cap(job: Job, earned: dict[str, Earned]) -> None:
    """No member has more than 10 points a day and 60 a month from reports; the caps were needed to keep it so."""
    days: dict[tuple[str, str], int] = defaultdict(int)
    months: dict[tuple[str, str], int] = defaultdict(int)
    marks = ", ".join("?" * len(OF_REPORTS))
    query = f"SELECT v.member, date(e.occurred_at, '+8 hours'), v.points {THEIRS} AND v.rule IN ({marks})"
    for member, day, points in job.rows(query, *OF_REPORTS):
        days[member, day] += points
        months[member, day[:7]] += points
    assert max(days.values()) == A_DAY
    assert A_DAY < max(months.values()) <= A_MONTH
    for phone, each in earned.items():
        for month in {day[:7] for day in each.reports}:
            assert months[job.numbers[phone], month] == each.month(month), (phone, month)


def test_every_award_leads_to_its_event_and_back(job: Job) -> None:
    """From each award's text by its evidence to the contribution, the event and the verification, and back to it."""
    rows = job.rows(
        "SELECT x.reference, v.reference, c.event, v.event, e.external_id, e.id, v.member, c.member"
        " FROM ledger_transaction AS x"
        " LEFT JOIN events_contribution AS c ON c.id = x.evidence_id"
        " LEFT JOIN awards_verification AS v ON v.contribution = c.id"
        " LEFT JOIN events_event AS e ON e.id = c.event WHERE x.kind = 'award'"
    )
    for reference, again, event, same, external, key, member, doer in rows:
        assert (reference, event, member) == (again, same, doer)
        assert reference.split("/")[2] == key == event
        assert external
    ours = [row[0] for row in job.rows(f"SELECT v.reference {THEIRS} AND v.reference IS NOT NULL")]
    assert len(ours) == job.said["verify"]["awarded"] + job.said["verify the rest"]["awarded"] > 4000
    assert set(ours) <= {row[0] for row in rows}


def test_a_line_of_a_statement_leads_to_its_award(job: Job) -> None:
    """What 10000001155 reads in the statement are the awards that vested, with who verified each."""
    lines = [
        line for month in job.said["statement"]["months"] for line in month["lines"] if line["kind"] == "vest"
    ]
    assert lines
    member = job.said["statement"]["member"]
    awards = dict(job.rows("SELECT reference, points FROM awards_verification WHERE member = ?", member))
    assert {line["award"]: line["amount"] for line in lines} == {
        ref: n for ref, n in awards.items() if ref and n
    }
    assert {line["by"] for line in lines} <= {"S-0003", "S-0006"}


def test_funds_add_up(job: Job) -> None:
    """Each month's 50,000 went to every community alike; what is left is what was not awarded, in every fund."""
    awarded: dict[tuple[str, str], int] = defaultdict(int)
    query = f"SELECT substr(e.area, 1, 12), strftime('%Y-%m', e.occurred_at, '+8 hours'), v.points {THEIRS}"
    for community, month, points in job.rows(f"{query} AND v.points > 0"):
        awarded[community, month] += points
    balances = account_balances(job)
    for month in MONTHS:
        shares = job.said[f"fund {month}"]["shares"]
        assert sum(shares.values()) == 50_000
        assert max(shares.values()) - min(shares.values()) <= 1
        for community, share in shares.items():
            left = balances[f"fund/{community}/{month}", "points"]
            assert left == share - awarded.pop((community, month), 0) >= 0
    assert awarded == {}, "an award came out of a fund that was not allocated"


def test_a_fund_is_shown_as_the_ledger_has_it(job: Job) -> None:
    """`jishan fund show` says what was allocated, awarded and left."""
    shown = asked("fund", "show", "--community", "440310001002", "--month", "2018-07", book=job.book)
    left = account_balances(job)["fund/440310001002/2018-07", "points"]
    assert shown["allocated"] == job.said["fund 2018-07"]["shares"]["440310001002"]
    assert (shown["left"], shown["awarded"]) == (left, shown["allocated"] - left)


def test_nobody_verifies_their_own_household(job: Job) -> None:
    """赵敏 lives with 李梅: her report waits, whatever else 李梅 accepts; nor does she verify her own."""
    assert job.said["hers"]["inserted"] == 1
    member = job.numbers[HERS]
    assert job.rows(f"SELECT count(*) {THEIRS} AND v.member = ?", member) == [(0,)]
    lives_with = {m for (m,) in job.rows("SELECT member FROM people_household_join WHERE household = 'HS02'")}
    assert {"S-0003", member} <= lives_with
    accepted = job.rows("SELECT DISTINCT member, event FROM awards_verification WHERE verifier = 'S-0003'")
    assert len(accepted) > 4000
    assert not {m for m, _event in accepted} & lives_with
    people = "SELECT DISTINCT event FROM events_contribution WHERE member IN ('S-0003', ?)"
    assert not {event for _member, event in accepted} & {event for (event,) in job.rows(people, member)}


def test_doing_it_again_changes_nothing_and_says_so(job: Job) -> None:
    """Importing each file again, verifying, publishing, allocating and sweeping again: nothing, and the same ledger."""
    size = job.rows("SELECT max(position) FROM ledger_transaction")
    for line in IMPORTS.values():
        words = [word.replace("../shared/data", str(SHARED_DATA)) for word in line.split()[1:]]
        again = asked(*words, "--errors-to", str(job.folder), book=job.book)
        assert (again["inserted"], again["new"], again["batch"]) == (0, 0, None)
        assert again["unchanged"] + again["errors"] == again["rows"]
    said = run("import", "members", str(SHARED_DATA / "members.csv"), folder=job.folder)
    assert "已经导入过" in said.out
    fund = ("--under", "440310000000", "--month", "2018-07", "--points", "50000", "--by", "S-0002")
    assert asked("fund", "allocate", *fund, book=job.book)["repeated"] is True
    assert (job.said["verify again"]["verified"], job.said["redeem again"]["repeated"]) == (0, True)
    publish = ("--under", "440310000000", "--by", "S-0002", "--on", "2018-12-01")
    assert asked("notice", "publish", *publish, book=job.book)["notices"] == []
    assert asked("sweep", "--on", "2018-12-31", book=job.book)["vested"] == 0
    assert job.rows("SELECT max(position) FROM ledger_transaction") == size


def test_nothing_vests_before_its_notice_has_closed(job: Job) -> None:
    """A sweep on the seventh day moves nothing; on the last of December everything that was noticed."""
    assert {one["closes_on"] for one in job.said["publish"]["notices"]} == {"2018-12-08"}
    assert job.said["too early"]["vested"] == 0
    swept = job.said["sweep"]
    assert swept["points"] == job.said["verify"]["points"] + job.said["verify the rest"]["points"]
    assert (job.said["balance"]["noticed"], swept["waiting"]) == (0, 0)


def test_statements_add_up_to_the_balance(job: Job) -> None:
    """For forty members: each line from the one before, months that follow each other, the last one the balance."""
    members = [
        m for (m,) in job.rows(f"SELECT DISTINCT v.member {THEIRS} AND v.points > 0 ORDER BY v.contribution")
    ]
    for member in [job.said["shopper"], *members[:: len(members) // 40]]:
        months = asked("statement", member, "--on", "2019-02-01", book=job.book)["months"]
        balance = 0
        for month in months:
            assert month["opening"] == balance
            assert month["opening"] + month["came_in"] - month["went_out"] == month["closing"]
            for line in month["lines"]:
                balance += line["amount"]
                assert line["balance"] == balance
            assert month["closing"] == balance
        assert asked("balance", member, "--on", "2019-02-01", book=job.book)["spendable"] == balance


def test_two_bottles_cost_what_the_catalogue_says_once(job: Job) -> None:
    """30 points went, the shelf has two fewer, and the same key again says the same receipt."""
    first, again = job.said["redeem"], job.said["redeem again"]
    assert (first["before"] - first["after"], first["points"]) == (30, 30)
    assert [(line["name"], line["quantity"]) for line in first["lines"]] == [("洗衣液", 2)]
    assert again["position"] == first["position"]
    shop = asked("shop", "list", book=job.book)["shops"][0]
    (number,) = (line["item"] for line in first["lines"])
    assert shop["stock"][str(number)] == 28


def test_the_audit_passes(job: Job) -> None:
    """Every check over the whole book finds nothing."""
    assert job.said["audit"]["whole"] is True
    assert job.said["audit"]["findings"] == []
    assert job.said["audit"]["size"] == job.rows("SELECT max(position) FROM ledger_transaction")[0][0] > 8000


@pytest.mark.needs("hledger")
def test_hledger_accepts_the_journal_and_agrees_on_every_balance(job: Job) -> None:
    """`hledger check --strict` passes, and its own balance of every account in every unit is ours."""
    journal = ["-f", str(job.folder / "out" / "book.journal")]
    checked = subprocess.run(
        ["hledger", "check", "--strict", *journal], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    command = ["hledger", "balance", "--flat", "--empty", "--no-elide", "-O", "json", *journal]
    theirs = hledger_balances(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = {
        (address.replace(":", "=").replace("/", ":"), unit.upper().replace(":", ".")): balance
        for (address, unit), balance in account_balances(job).items()
        if balance
    }
    assert len(ours) > 3000
    assert {key: amount for key, amount in theirs.items() if amount} == ours


def test_anybody_can_check_the_export(job: Job) -> None:
    """The verifier says 0 with the key from outside, 3 with the bundle's own, 1 with another one."""
    key = job.said["key"]["key"]
    assert verified(job, "--key", key) == 0
    assert verified(job) == 3
    other = key.split("+")[0] + "+00000000+" + key.split("+", 2)[2]
    assert verified(job, "--key", other) == 1


def verified(job: Job, *options: str) -> int:
    """The verifier's exit status, run as the copy in the bundle, without the project."""
    command = [sys.executable, "-I", "verify.py", ".", *options]
    return subprocess.run(command, cwd=job.folder / "out", capture_output=True, check=False).returncode


def account_balances(job: Job) -> dict[tuple[str, str], int]:
    """The balance written on the last posting of every account, by (address, unit)."""
    rows = job.rows(
        "SELECT a.address, a.unit, m.balance FROM ledger_account AS a JOIN ("
        " SELECT source AS account, source_version AS version, source_balance AS balance FROM ledger_posting"
        " UNION ALL SELECT target, target_version, target_balance FROM ledger_posting"
        ") AS m ON m.account = a.id ORDER BY m.version"
    )
    return {(address, unit): balance for address, unit, balance in rows}
