"""Settings come from the environment, and a site that cannot run says everything that is wrong at once."""

from __future__ import annotations

import pytest

from web.settings import SettingsWrong, load


def test_without_any_setting_the_site_runs_on_this_machine() -> None:
    """An empty environment is a book in the current folder, on the loopback address, with secure cookies."""
    settings = load()
    assert (settings.book, settings.host, settings.port) == ("sqlite://jishan.db", "127.0.0.1", 8000)
    assert not settings.insecure_cookie


def test_hosts_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """JISHAN_HOSTS is written as people write lists."""
    monkeypatch.setenv("JISHAN_HOSTS", "points.example.cn, 127.0.0.1")
    assert load().hosts == ("points.example.cn", "127.0.0.1")


def test_every_problem_is_listed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three wrong variables are three lines, each beginning with its name."""
    monkeypatch.setenv("JISHAN_PORT", "eighty")
    monkeypatch.setenv("JISHAN_BOOK", "mysql://x")
    monkeypatch.setenv("JISHAN_HOSTS", "*")
    with pytest.raises(SettingsWrong) as caught:
        load()
    names = [line.split(":")[0] for line in caught.value.problems]
    assert names == ["JISHAN_BOOK", "JISHAN_PORT", "JISHAN_HOSTS"]


def test_insecure_cookies_are_refused_beyond_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain HTTP is for loopback: with another host name the site does not start."""
    monkeypatch.setenv("JISHAN_INSECURE_COOKIE", "1")
    assert load().insecure_cookie
    monkeypatch.setenv("JISHAN_HOSTS", "points.example.cn")
    with pytest.raises(SettingsWrong, match="INSECURE_COOKIE"):
        load()
