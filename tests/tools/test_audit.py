from __future__ import annotations

from tools.audit import judged

ADVISORY = {"id": "PYSEC-2026-1", "withdrawn": None}


def test_an_advisory_for_the_locked_version_is_told() -> None:
    page = {"info": {"version": "1.2"}, "vulnerabilities": [ADVISORY]}
    assert judged("x", "1.2", page).advisories == ("PYSEC-2026-1",)


def test_an_advisory_taken_back_counts_no_more() -> None:
    taken_back = {**ADVISORY, "withdrawn": "2026-01-01T00:00:00Z"}
    page = {"info": {"version": "1.2"}, "vulnerabilities": [taken_back]}
    assert judged("x", "1.2", page).advisories == ()


def test_an_answer_for_another_version_decides_nothing() -> None:
    page = {"info": {"version": "1.3"}, "vulnerabilities": []}
    found = judged("x", "1.2", page)
    assert found.advisories is None
    assert found.why == "the index answers for 1.3 alone; lock that one"
