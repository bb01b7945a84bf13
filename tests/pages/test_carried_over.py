"""What the reader chose for one file, or wrote into the URL, meets another file that has no such thing."""

from tests.pages.conftest import Open, remember


def test_more_calls_than_the_list_now_allows_are_no_fault(open_page: Open) -> None:
    app = open_page("at_risk", shop="till", calls="95")
    assert not app.exception
    assert app.slider[0].value <= app.slider[0].max


def test_a_service_this_file_does_not_have_is_no_fault(open_page: Open) -> None:
    app = open_page("at_risk", shop="till", service="Masaje")
    assert not app.exception
    assert app.selectbox(key="service").value is None


def test_a_band_that_does_not_exist_is_no_fault(open_page: Open) -> None:
    app = open_page("segments", shop="till", band="adored")
    assert not app.exception


def test_another_file_after_a_long_list_starts_anew(open_page: Open) -> None:
    app = open_page("at_risk", shop="sample")
    app.session_state["calls"] = 60
    app.run()
    assert not app.exception
    remember(app, "till")
    app.run()
    assert not app.exception
    assert app.slider[0].value <= app.slider[0].max
