"""The configuration that ships: private, closed, and in the way of nobody's first start."""

import tomllib

import dev
from ui import sidebar

CONFIG = tomllib.loads((dev.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_nothing_is_told_to_anyone() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False


def test_the_first_start_asks_nothing_in_the_terminal() -> None:
    assert CONFIG["server"]["showEmailPrompt"] is False


def test_a_fault_shows_no_client_s_data() -> None:
    assert CONFIG["client"]["showErrorDetails"] in {"type", "none"}


def test_the_server_s_protections_stay_on() -> None:
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableCORS"] is True


def test_an_upload_has_a_limit_that_fits_memory() -> None:
    """Reading takes about 24 MB of memory per MB of xlsx."""
    assert CONFIG["server"]["maxUploadSize"] <= 200


def test_the_browser_s_tab_shows_a_local_picture() -> None:
    """A Material icon there would be fetched from Google."""
    assert sidebar.ICON.is_file()
    assert sidebar.LOGO.is_file()


def test_the_logo_has_its_letters_as_paths_and_follows_the_dark() -> None:
    svg = sidebar.LOGO.read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "prefers-color-scheme:dark" in svg.replace(" ", "")
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_no_page_brings_its_own_style_sheet() -> None:
    """Everything is native Streamlit: no CSS, no HTML."""
    for folder in ("ui", "pages"):
        for path in (dev.ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "unsafe_allow_html" not in text, path
            assert "st.html(" not in text, path
            assert "st.caption(" not in text, path
            assert not any(f"st.{box}(" in text for box in ("success", "warning", "error")), path
