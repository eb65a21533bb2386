"""What happens where no browser is installed."""

import pytest

from tests import browser


def test_without_a_browser_the_command_is_named(monkeypatch):
    monkeypatch.delenv("R2COM_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "NAMES", [])
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(browser.NoBrowser, match="apt-get install -y --no-install-recommends chromium"):
        browser.find_or_install()


def test_root_installs_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.delenv("R2COM_CHROMIUM", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(browser, "NAMES", ["pretend-chromium"])
    monkeypatch.setattr(browser, "INSTALL", f"install -m 755 /dev/null {tmp_path}/pretend-chromium")
    (tmp_path / "apt-get").touch(mode=0o755)

    assert browser.find_or_install() == f"{tmp_path}/pretend-chromium"
