"""`dev.py`: what it chooses, what it remembers and what it passes on, on machines of every kind.

Machines are faked by replacing what `dev` asks of its own; nothing is installed.
"""

import ast
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import dev


class Terminal:
    """Stands in for the commands that `dev.py` starts: remembers them, and answers as it is told."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self.failing: Callable[[list[str]], int] = lambda _command: 0

    def __call__(self, command: Sequence[str], environment: dict[str, str] | None = None) -> int:
        self.commands.append(list(command))
        self.environments.append(environment or {})
        return self.failing(list(command))

    def started(self, word: str) -> list[list[str]]:
        return [command for command in self.commands if word in command]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    fake = Terminal()
    monkeypatch.setattr(dev, "wait_for", fake)
    return fake


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh clone: requirements, no environment."""
    (tmp_path / "tests").mkdir()
    for name in dev.REQUIREMENTS["test"]:
        (tmp_path / name).write_text("streamlit==1\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Puts programs on an otherwise empty search path: `programs("chromium")`."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, script: str = "exit 0") -> Path:
        program = folder / (f"{name}.bat" if dev.WINDOWS else name)
        program.write_text(script if dev.WINDOWS else f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return program

    return put


@pytest.fixture
def no_browser_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(dev.BROWSER_VARIABLE, raising=False)


# --- Python -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("programs")
def test_an_old_python_is_told_so_in_a_sentence() -> None:
    with pytest.raises(dev.Problem, match=r"needs Python 3\.11 or newer; this is Python 3\.9\. Install one"):
        dev.check_python((3, 9))


def test_a_newer_python_on_the_same_machine_is_named(programs: Callable[..., Path]) -> None:
    programs("python3.12")
    with pytest.raises(dev.Problem, match=r"has python3\.12 too"):
        dev.check_python((3, 9))


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14), (4, 0)])
def test_python_3_11_and_newer_will_do(version: tuple[int, int]) -> None:
    dev.check_python(version)


def test_an_old_python_can_parse_the_file_that_tells_it_so() -> None:
    ast.parse(Path(dev.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(Path(dev.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_each_system_keeps_its_environments_python_in_its_own_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "WINDOWS", True)
    assert dev.python_in(Path("here")) == Path("here", "Scripts", "python.exe")
    monkeypatch.setattr(dev, "WINDOWS", False)
    assert dev.python_in(Path("here")) == Path("here", "bin", "python")


# --- The environment --------------------------------------------------------------------------------------


@pytest.fixture
def no_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)


@pytest.fixture
def quick_environments(clone: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Environments that are made at once, and a list of those made."""
    made: list[Path] = []

    def make() -> None:
        dev.remove(dev.VENV)
        python = dev.python_in(clone / ".venv")
        python.parent.mkdir(parents=True)
        python.write_text("a python")
        made.append(python)

    monkeypatch.setattr(dev, "make_environment", make)
    monkeypatch.setattr(dev, "is_usable", Path.exists)
    return made


@pytest.mark.usefixtures("quick_environments")
def test_the_second_call_installs_nothing(terminal: Terminal) -> None:
    assert dev.prepare("run") == dev.prepare("run")
    assert len({tuple(command) for command in terminal.commands}) == len(terminal.commands) == 1


@pytest.mark.usefixtures("quick_environments")
def test_the_tests_environment_serves_the_app_but_not_the_other_way_round(terminal: Terminal) -> None:
    dev.prepare("test")
    dev.prepare("run")
    assert len(terminal.commands) == 1


@pytest.mark.usefixtures("quick_environments")
def test_the_apps_environment_lacks_the_tests_tools(terminal: Terminal, clone: Path) -> None:
    dev.prepare("run")
    dev.prepare("test")
    assert [command[-1] for command in terminal.commands] == [
        str(clone / "requirements.txt"),
        str(clone / "tests/requirements.txt"),
    ]


@pytest.mark.parametrize("changed", ["requirements.txt", "constraints.txt"])
def test_a_changed_pin_installs_again_into_the_same_environment(
    changed: str, clone: Path, terminal: Terminal, quick_environments: list[Path]
) -> None:
    dev.prepare("run")
    (clone / changed).write_text("streamlit==2\n")
    dev.prepare("run")
    assert len(terminal.commands) == 2
    assert len(quick_environments) == 1


def test_a_half_made_environment_is_made_again_from_nothing(
    clone: Path, terminal: Terminal, quick_environments: list[Path]
) -> None:
    terminal.failing = lambda _command: 1
    with pytest.raises(dev.Problem, match="Could not install"):
        dev.prepare("run")
    leftover = clone / ".venv" / "half-a-library"
    leftover.touch()

    terminal.failing = lambda _command: 0
    dev.prepare("run")

    assert not leftover.exists()
    assert len(quick_environments) == 2


def test_an_environment_whose_python_is_gone_is_made_again(
    terminal: Terminal, quick_environments: list[Path]
) -> None:
    dev.prepare("run").unlink()
    dev.prepare("run")
    assert len(quick_environments) == len(terminal.commands) == 2


def test_a_clone_that_was_moved_sets_itself_up_again(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dev.fingerprint("run")
    clone.rename(clone.with_name("moved"))
    monkeypatch.setattr(dev, "ROOT", clone.with_name("moved"))
    assert dev.fingerprint("run") != before


@pytest.mark.usefixtures("no_uv")
def test_without_uv_and_without_debians_venv_package_an_environment_is_still_made(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_run = dev.subprocess.run

    def debian(command: list[str], **options: object) -> CompletedProcess[str]:
        if "venv" in command and "--without-pip" not in command:
            return CompletedProcess(command, 1, "The virtual environment was not created: no ensurepip", "")
        return really_run(command, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(dev.subprocess, "run", debian)
    dev.make_environment()
    assert dev.is_usable(dev.python_in(clone / ".venv"))


@pytest.mark.usefixtures("no_uv", "clone")
def test_where_no_environment_can_be_made_the_reason_and_the_way_out_are_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        dev.subprocess, "run", lambda command, **_options: CompletedProcess(command, 1, "", "disk is full")
    )
    with pytest.raises(
        dev.Problem, match=r"disk is full\nOn Debian or Ubuntu this helps: apt install python3-venv"
    ):
        dev.make_environment()


def test_uv_installs_where_there_is_one(terminal: Terminal, programs: Callable[..., Path]) -> None:
    uv = programs("uv")
    dev.install(Path("python"), Path("requirements.txt"))
    assert terminal.commands == [
        [str(uv), "pip", "install", "--python", "python", "-r", "requirements.txt"],
    ]


def test_pip_installs_where_uv_fails(terminal: Terminal, programs: Callable[..., Path]) -> None:
    uv = programs("uv")
    terminal.failing = lambda command: int(command[0] == str(uv))
    dev.install(Path("python"), Path("requirements.txt"))
    assert terminal.commands[-1][:3] == ["python", "-m", "pip"]


@pytest.mark.usefixtures("no_uv")
def test_this_pythons_pip_installs_into_an_environment_that_has_none(terminal: Terminal) -> None:
    terminal.failing = lambda command: int(command[0] == "python")
    dev.install(Path("python"), Path("requirements.txt"))
    assert terminal.commands[-1][:5] == [dev.own_python(), "-m", "pip", "--python", "python"]


# --- run --------------------------------------------------------------------------------------------------


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on while the test runs."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines that `run` would turn into."""
    commands: list[list[str]] = []

    def become(command: list[str]) -> int:
        commands.append(command)
        return 7

    monkeypatch.setattr(dev, "become", become)
    monkeypatch.setattr(dev, "prepare", lambda _purpose: Path("python"))
    return commands


def test_run_listens_on_this_machine_alone_and_asks_nothing(opened: list[list[str]]) -> None:
    assert dev.main(["run"]) == 7
    (command,) = opened
    assert command[:5] == ["python", "-m", "streamlit", "run", "app.py"]
    assert {"--server.address=localhost", "--server.showEmailPrompt=false"} <= set(command)
    assert "--server.headless=true" not in command


@pytest.mark.parametrize("option", ["--headless", "--no-browser"])
def test_run_opens_no_browser_when_told_so(
    option: str, opened: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    dev.main(["run", option])
    assert "--server.headless=true" in opened[0]
    assert "http://localhost:" in capsys.readouterr().out


def test_run_takes_the_next_port_where_the_usual_one_is_taken(
    taken_port: int,
    opened: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dev, "FIRST_PORT", taken_port)
    dev.main(["run"])
    (port,) = [word.partition("=")[2] for word in opened[0] if word.startswith("--server.port=")]
    assert int(port) > taken_port
    said = capsys.readouterr().out
    assert f"Port {taken_port} is taken." in said
    assert f"http://localhost:{port}" in said


def test_run_refuses_a_port_that_was_asked_for_and_is_taken(
    taken_port: int, opened: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["run", "--port", str(taken_port)]) == 1
    assert not opened
    assert f"dev.py: Port {taken_port} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "-1", "65536", "ocho", "8501.5"])
def test_run_refuses_what_is_no_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.main(["run", f"--port={port}"])
    assert stopped.value.code == 2
    assert f"'{port}' is not a port" in capsys.readouterr().err


def test_ctrl_c_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_purpose: str) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "prepare", interrupted)
    assert dev.main(["run"]) == dev.INTERRUPTED
    assert dev.main(["test"]) == dev.INTERRUPTED


# --- test -------------------------------------------------------------------------------------------------


@pytest.fixture
def machine_with_a_browser(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "prepare", lambda _purpose: Path("bin/python"))
    monkeypatch.setattr(dev, "find_browser", lambda: Path("/somewhere/chromium"))
    return Path("/somewhere/chromium")


CHECKS = ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"]


def names(commands: list[list[str]]) -> list[str]:
    lines = [" ".join(command) for command in commands]
    return [next(name for name in CHECKS if name in line) for line in lines]


@pytest.mark.usefixtures("machine_with_a_browser")
def test_every_check_runs_and_the_tests_come_last(terminal: Terminal) -> None:
    assert dev.main(["test"]) == 0
    assert names(terminal.commands) == CHECKS


@pytest.mark.usefixtures("machine_with_a_browser")
@pytest.mark.parametrize("failing", CHECKS[:-1])
def test_a_failing_check_stops_nothing_but_is_not_forgotten(failing: str, terminal: Terminal) -> None:
    terminal.failing = lambda command: int(failing in " ".join(command))
    assert dev.main(["test"]) == 1
    assert names(terminal.commands) == CHECKS
    assert terminal.environments[-1][dev.FAILED_CHECKS_VARIABLE]


@pytest.mark.usefixtures("machine_with_a_browser")
def test_pytests_exit_code_is_passed_on(terminal: Terminal) -> None:
    terminal.failing = lambda command: 5 if "pytest" in command else 1
    assert dev.main(["test"]) == 5


@pytest.mark.usefixtures("machine_with_a_browser")
def test_arguments_go_to_pytest_alone(terminal: Terminal) -> None:
    dev.main(["test", "-x", "tests/words", "--", "-k", "money or date", "-h"])
    assert [command[2:] for command in terminal.commands] == [
        ["pytest", "-x", "tests/words", "--", "-k", "money or date", "-h"]
    ]


def test_the_tests_are_told_the_browser(terminal: Terminal, machine_with_a_browser: Path) -> None:
    dev.main(["test", "tests/browser"])
    assert terminal.environments[-1][dev.BROWSER_VARIABLE] == str(machine_with_a_browser)


@pytest.mark.usefixtures("machine_with_a_browser", "no_browser_asked")
def test_without_any_browser_the_tests_still_run_and_the_lack_is_said(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    monkeypatch.setattr(dev, "install_browser", lambda _python: None)
    dev.main(["test"])
    assert names(terminal.commands)[-1] == "pytest"
    assert dev.BROWSER_VARIABLE not in terminal.environments[-1]
    assert dev.NO_BROWSER in capsys.readouterr().out


def test_a_childs_exit_code_is_ours() -> None:
    assert dev.wait_for([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_a_program_that_is_not_there_is_a_failure_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.wait_for(["no-such-program"]) == 1
    assert "no-such-program" in capsys.readouterr().out


# --- Browser ----------------------------------------------------------------------------------------------


def test_the_browser_asked_for_comes_first(
    programs: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    programs("chromium")
    mine = programs("my-own-browser")
    monkeypatch.setenv(dev.BROWSER_VARIABLE, str(mine))
    assert dev.find_browser() == mine


@pytest.mark.usefixtures("programs")
def test_a_browser_asked_for_that_is_not_there_is_said_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(dev.BROWSER_VARIABLE, "/nowhere/chromium")
    with pytest.raises(dev.Problem, match="PUNTUAL_BROWSER is set to /nowhere/chromium, which is no program"):
        dev.find_browser()


@pytest.mark.usefixtures("no_browser_asked")
def test_chromium_is_preferred_to_chrome_and_chrome_to_edge(programs: Callable[..., Path]) -> None:
    edge = programs("microsoft-edge")
    assert dev.find_browser() == edge
    chrome = programs("google-chrome")
    assert dev.find_browser() == chrome
    chromium = programs("chromium")
    assert dev.find_browser() == chromium


@pytest.mark.usefixtures("no_browser_asked")
def test_a_script_that_only_says_what_to_install_is_no_browser(programs: Callable[..., Path]) -> None:
    programs("chromium-browser", "echo 'snap install chromium' && exit 1")
    chrome = programs("google-chrome")
    assert dev.find_browser() == chrome


@pytest.mark.usefixtures("no_browser_asked", "programs")
def test_windows_browsers_are_found_in_their_usual_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = tmp_path / "x86" / "Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    for name in dev.WINDOWS_FOLDERS:
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path / "x86"))
    monkeypatch.setattr(dev, "WINDOWS", True)
    monkeypatch.setattr(dev, "MAC", False)
    assert dev.find_browser() == edge


@pytest.mark.usefixtures("no_browser_asked", "programs")
def test_a_macs_browsers_are_found_among_its_applications(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chrome = tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    chrome.parent.mkdir(parents=True)
    chrome.write_text("#!/bin/sh\nexit 0\n")
    chrome.chmod(0o755)
    monkeypatch.setattr(dev, "WINDOWS", False)
    monkeypatch.setattr(dev, "MAC", True)
    monkeypatch.setattr(dev.Path, "home", lambda: tmp_path)
    monkeypatch.setattr(dev, "MAC_APPLICATIONS", dev.MAC_APPLICATIONS[1:2])
    assert dev.find_browser() == chrome


def test_a_browser_is_installed_with_debians_packages_before_playwrights(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers = iter([Path("/usr/bin/chromium")])
    monkeypatch.setattr(dev, "playwright_browser", lambda _python: None)
    monkeypatch.setattr(dev, "may_use_apt", lambda: True)
    monkeypatch.setattr(dev, "find_browser", lambda: next(browsers))
    assert dev.install_browser("python") == Path("/usr/bin/chromium")
    assert [command[:2] for command in terminal.commands] == [["apt-get", "update"], ["apt-get", "install"]]


def test_where_apt_may_not_be_used_playwright_brings_the_browser(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers = iter([None, Path("/home/me/.cache/chrome")])
    monkeypatch.setattr(dev, "playwright_browser", lambda _python: next(browsers))
    monkeypatch.setattr(dev, "may_use_apt", lambda: False)
    assert dev.install_browser("python") == Path("/home/me/.cache/chrome")
    assert terminal.commands == [["python", "-m", "playwright", "install", "chromium"]]


def test_playwrights_browser_from_before_is_used_again(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "playwright_browser", lambda _python: Path("/home/me/.cache/chrome"))
    assert dev.install_browser("python") == Path("/home/me/.cache/chrome")
    assert not terminal.commands
