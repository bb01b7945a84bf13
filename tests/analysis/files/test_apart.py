"""A process of its own opens each file: whatever becomes of it is a sentence, and the next file is read."""

from __future__ import annotations

import io
import sys
import threading
import time

import pyarrow as pa
import pytest

from analysis.errors import UnreadableFileError
from analysis.files.apart import opener
from analysis.files.apart.opener import open_apart
from analysis.files.apart.turns import Turns
from analysis.files.apart.wire import received, send_grids, send_refusal
from analysis.files.grid import Grid, Make, TextForm
from analysis.files.opening import open_here
from analysis.files.upload import Upload
from tests.analysis.reading.exports import XLS, csv, ods, xlsx

SALES = csv("Cliente;Fecha", "Ana;01/03/2026", "Íñigo;NA", name="../<b>ventas</b>.csv")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits and signals")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")

#: What a process may do instead of answering.
LIMITED = "import sys; from analysis.files.apart.limits import confine; sys.stdin.buffer.read(); confine(0); "
SPINNING = LIMITED + "\nwhile True: pass"
GREEDY = LIMITED + "import os\ntry: bytearray(1 << 30)\nexcept MemoryError: os.abort()"
ABORTING = "import os; os.abort()"
FAILING = "raise SystemExit(1)"
SLEEPING = "import time; time.sleep(60)"
SILENT = "pass"
BABBLING = "import sys; sys.stdout.write('x' * 1000)"
WRITING = LIMITED + "import tempfile; file = tempfile.TemporaryFile(buffering=0); file.write(b'x')"


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(opener, "_COMMAND", (sys.executable, "-c", program))


def contents(grids: tuple[Grid, ...]) -> list[object]:
    return [
        (
            grid.file,
            grid.sheet,
            [column.to_pylist() for column in grid.columns],
            grid.makes,
            grid.text,
            grid.hidden,
        )
        for grid in grids
    ]


@pytest.mark.parametrize(
    "upload",
    [
        SALES,
        xlsx({"Ventas": [["Cliente", 1.5], ["Ana", None]], "Otra": [["x"]], "Vacía": []}),
        XLS,
        ods({"a": [["x", 2]]}),
    ],
    ids=["csv", "xlsx", "xls", "ods"],
)
def test_a_file_is_the_same_wherever_it_is_opened(upload: Upload):
    assert contents(open_apart(upload)) == contents(tuple(open_here(upload)))


def test_everything_known_of_a_sheet_arrives():
    grid = Grid(
        "ventas.xlsx",
        "Enero",
        (pa.array(["Ana", None, "Ana"]), pa.array(["1", "2", None])),
        makes=(Make(), Make(numbers=True, number_format='0.00 "€"')),
        text=TextForm("utf-8", ";", '"', mended=(3, 4)),
        hidden=True,
        pivot=True,
        merged=((0, 0, 0, 1),),
        unvalued=(7,),
        first_column=2,
    )
    answer = io.BytesIO()
    send_grids([grid, Grid("ventas.xlsx", "Vacía", ())], answer)
    arrived, empty = received(answer.getvalue(), "ventas.xlsx")
    assert contents((arrived,)) == contents((grid,))
    assert (arrived.pivot, arrived.merged, arrived.unvalued, arrived.first_column) == (
        True,
        ((0, 0, 0, 1),),
        (7,),
        2,
    )
    assert empty.columns == ()


def test_a_refusal_arrives_as_code_and_values_under_the_name_of_the_file():
    answer = io.BytesIO()
    send_refusal(UnreadableFileError("far_cell", file="", sheet="Enero", cell="XFD9"), answer)
    with pytest.raises(UnreadableFileError) as refusal:
        received(answer.getvalue(), "ventas.xlsx")
    assert refusal.value.code == "far_cell"
    assert refusal.value.values == {"file": "ventas.xlsx", "sheet": "Enero", "cell": "XFD9"}


@pytest.mark.parametrize(
    ("program", "kind"),
    [
        pytest.param(SPINNING, "took_too_long", marks=posix, id="takes all the time"),
        pytest.param(GREEDY, "too_much", marks=linux, id="takes all the memory"),
        pytest.param(ABORTING, "too_much", marks=posix, id="aborts, as Rust does without memory"),
        pytest.param(FAILING, "reader_died", id="fails"),
        pytest.param(SILENT, "reader_died", id="says nothing"),
        pytest.param(BABBLING, "reader_died", id="says anything else"),
        pytest.param(WRITING, "reader_died", marks=posix, id="writes a file"),
    ],
)
def test_whatever_becomes_of_the_process_is_told_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch, program: str, kind: str
):
    with monkeypatch.context() as broken:
        instead(broken, program)
        with pytest.raises(UnreadableFileError) as refusal:
            open_apart(SALES)
    assert refusal.value.values == {"file": SALES.name, "kind": kind}
    assert contents(open_apart(SALES)) == contents(tuple(open_here(SALES)))


def test_a_process_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch):
    instead(monkeypatch, SLEEPING)
    monkeypatch.setattr(opener, "_PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(opener, "_SAY_AGAIN_SECONDS", 0.1)
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError) as refusal:
        open_apart(SALES)
    assert refusal.value.values["kind"] == "took_too_long"
    assert time.monotonic() - begun < 30


def test_where_the_system_does_not_hold_memory_it_is_watched(monkeypatch: pytest.MonkeyPatch):
    instead(monkeypatch, "import time; kept = bytearray(b'x') * (120 << 20); time.sleep(60)")
    monkeypatch.setattr(opener, "WATCH_MEMORY", True)
    monkeypatch.setattr(opener, "_WATCHED_BASE", 60 << 20)
    with pytest.raises(UnreadableFileError) as refusal:
        open_apart(SALES)
    assert refusal.value.values["kind"] == "too_much"


def test_a_page_that_goes_away_takes_the_process_with_it(monkeypatch: pytest.MonkeyPatch):
    """Streamlit stops a script by raising where it tells something to the page."""
    instead(monkeypatch, SLEEPING)
    monkeypatch.setattr(opener, "_SAY_AGAIN_SECONDS", 0.05)
    started: list[object] = []
    popen = opener.subprocess.Popen

    def start(*arguments: object, **options: object) -> object:
        started.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(opener.subprocess, "Popen", start)

    def gone(_code: str, share: float, /, **_values: object) -> None:
        if share:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        open_apart(SALES, gone)
    [process] = started
    assert process.returncode is not None  # type: ignore[attr-defined] # ended, and no zombie


def test_files_are_opened_in_the_order_they_came_and_whoever_waits_is_told_how_many_are_ahead():
    turns = Turns()
    order: list[int] = []
    told: dict[int, list[int]] = {1: [], 2: []}

    def want(number: int) -> None:
        with turns.turn(lambda _code, _share, /, **values: told[number].append(int(str(values["n"])))):
            order.append(number)

    with turns.turn(lambda *_, **__: None):
        waiting = []
        for number in (1, 2):
            waiting.append(threading.Thread(target=want, args=(number,)))
            waiting[-1].start()
            while len(told[number]) == 0:
                time.sleep(0.005)
        assert order == []
    for thread in waiting:
        thread.join(10)
    assert order == [1, 2]
    assert set(told[1]) == {1}
    assert told[2][0] == 2
    assert sorted(told[2], reverse=True) == told[2]


def test_whoever_leaves_the_queue_lets_the_next_one_in():
    turns = Turns()

    def leave(*_: object, **__: object) -> None:
        raise InterruptedError

    with turns.turn(leave), pytest.raises(InterruptedError), turns.turn(leave):
        pass
    with turns.turn(leave):
        pass
