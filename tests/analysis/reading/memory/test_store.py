"""The memory's file: in a folder of the user's, whole or not at all, off when asked, never in the way."""

import datetime as dt
import threading
from pathlib import Path

import pytest

from analysis.errors import PuntualError
from analysis.reading.memory import store
from analysis.reading.memory.mappings import SheetMapping

DAY = dt.date(2026, 10, 1)


def sheet(number: int) -> SheetMapping:
    return SheetMapping(f"{number:032x}", "0" * 32, DAY, DAY)


def keep(number: int) -> bool:
    return store.change_own(lambda mappings: mappings.with_sheets([sheet(number)]))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder that is not there yet."""
    place = tmp_path / "data" / "Puntual"
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(place))
    return place


def test_what_is_kept_is_there_next_time() -> None:
    assert store.load_own()[0].sheets == ()
    assert keep(1)
    mappings, sound = store.load_own()
    assert (mappings.sheets, sound) == ((sheet(1),), True)


def test_the_folder_is_the_system_s_own_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(store.FOLDER_VARIABLE)
    assert store.folder().name == "Puntual"
    assert store.folder().is_absolute()


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b"\x00" * 100])
def test_a_damaged_file_is_as_good_as_none_and_kept_aside(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "mappings.json").write_bytes(content)
    mappings, sound = store.load_own()
    assert (mappings.sheets, sound) == ((), False)
    assert keep(1)
    assert (folder / "mappings.spoilt.json").read_bytes() == content
    assert store.load_own()[0].sheets == (sheet(1),)


def test_a_named_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    foreign = tmp_path / "otro.json"
    foreign.write_text("{}")
    with pytest.raises(PuntualError) as told:
        store.load(foreign)
    assert (told.value.code, told.value.values) == ("foreign_mapping", {"file": "otro.json"})


def test_switched_off_nothing_is_read_or_written_and_nothing_lost() -> None:
    keep(1)
    store.switch(on=False)
    assert not store.is_on()
    assert not keep(2)
    assert store.load_own()[0].sheets == ()
    store.switch(on=True)
    assert store.load_own()[0].sheets == (sheet(1),)


@pytest.mark.parametrize("word", ["off", "OFF", "0", "no", "false"])
def test_whoever_runs_the_program_may_forbid_it(
    folder: Path, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(store.SWITCH_VARIABLE, word)
    assert not store.is_allowed()
    assert not keep(1)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder should be")
    assert not keep(1)
    assert store.load_own()[0].sheets == ()


def test_sessions_that_write_at_once_lose_nothing(folder: Path) -> None:
    writers = [threading.Thread(target=keep, args=(number,)) for number in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = sorted(known.headers for known in store.load_own()[0].sheets)
    assert kept == [sheet(number).headers for number in range(16)]
    assert [path.name for path in folder.iterdir()] == ["mappings.json"]


def test_a_write_that_fails_leaves_the_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(1)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    assert not keep(2)
    assert store.load_own()[0].sheets == (sheet(1),)
    assert [path.name for path in folder.iterdir()] == ["mappings.json"]


def test_all_of_it_can_be_forgotten() -> None:
    keep(1)
    assert store.forget_own()
    assert store.load_own()[0].sheets == ()
    assert store.forget_own()
