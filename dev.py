"""Puntual's two commands, from a fresh clone with nothing but Python 3.11 and pip.

    python dev.py run     sets everything up the first time, then opens the app
    python dev.py test    the same for the tests: linters, types, import direction, then every test

Only the standard library, on Windows, macOS and Linux. What is set up stands in `.venv`; deleting it is safe.
The syntax is kept to what an old Python can parse, so that it can say in a sentence that it is too old.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
MAC = sys.platform == "darwin"
OLDEST_PYTHON = (3, 11)

#: What each command needs: the file that is installed from, then the files that it names. The tests' include the app's.
REQUIREMENTS = {
    "run": ("requirements.txt", "constraints.txt"),
    "test": ("tests/requirements.txt", "requirements.txt", "constraints.txt"),
}

FIRST_PORT = 8501  # Streamlit's own
PORTS_TRIED = 100
LAST_PORT = 65535

#: Names the browser that the tests drive: read from whoever sets it, and set for the tests.
BROWSER_VARIABLE = "PUNTUAL_BROWSER"
#: Tells the tests' closing summary which checks failed before it.
FAILED_CHECKS_VARIABLE = "PUNTUAL_FAILED_CHECKS"
NO_BROWSER = (
    "No browser for the browser tests: install Chromium, Chrome or Edge, "
    "or set PUNTUAL_BROWSER to the program's full path."
)

INTERRUPTED = 130  # what a shell reports for a command stopped by Ctrl-C
PATIENCE_SECONDS = 10  # for a child to stop by itself after Ctrl-C
WORKERS = 4  # more test processes than this cost memory: each has an app and a browser of its own


class Problem(Exception):  # noqa: N818 - not every problem is an error of the program
    """What keeps a command from going on, as a sentence that says what to do."""


# --- Python -----------------------------------------------------------------------------------------------


def check_python(version: tuple[int, int]) -> None:
    """Raises a Problem, with a way out, if this Python is older than the oldest one Puntual runs on."""
    if version >= OLDEST_PYTHON:
        return
    sentence = f"Puntual needs Python 3.11 or newer; this is Python {version[0]}.{version[1]}."
    newer = next(
        (name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)), ""
    )
    if newer:
        raise Problem(
            f"{sentence} This computer has {newer} too: use it in place of the first word of the command."
        )
    raise Problem(f"{sentence} Install one from https://www.python.org/downloads/ and try again.")


def own_python() -> str:
    """The Python that environments are made with: outside any environment that this one may be part of."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def python_in(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if WINDOWS else venv / "bin" / "python"


# --- The environment --------------------------------------------------------------------------------------


def prepare(purpose: str) -> Path:
    """The environment's Python, with all that `purpose` ("run" or "test") needs installed.

    A stamp written last says what is installed, so that the second call starts at once; a mark that stands
    while the installation runs tells a half-made environment, which is made again from nothing.
    """
    python = python_in(VENV)
    if python.exists() and stamp(purpose).exists() and stamp(purpose).read_text() == fingerprint(purpose):
        return python
    say("Setting up: this takes a minute or two the first time.")
    unfinished = VENV / "puntual-unfinished"
    if unfinished.exists() or not is_usable(python):
        make_environment()
    unfinished.touch()
    install(python, ROOT / REQUIREMENTS[purpose][0])
    for included in ("run", purpose):
        stamp(included).write_text(fingerprint(included))
    unfinished.unlink()
    return python


def stamp(purpose: str) -> Path:
    return VENV / f"puntual-{purpose}.stamp"


def fingerprint(purpose: str) -> str:
    """What an environment depends on: the pinned versions, the Python and the place (scripts hold its path)."""
    parts = [f"{sys.version_info[:2]} {platform.machine()} {ROOT}".encode()]
    parts += [(ROOT / name).read_bytes() for name in REQUIREMENTS[purpose]]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_usable(python: Path) -> bool:
    """Whether an environment is there, starts, and is of the version that runs this file."""
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}"
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([str(python), "-c", program], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == wanted


def make_environment() -> None:
    """An empty environment in `.venv`, by the first way that works here.

    Debian's Python without its `python3-venv` package cannot put pip into an environment; it can still make
    one without, and its own pip can install into that.
    """
    uv = shutil.which("uv")
    ways = [[own_python(), "-m", "venv"], [own_python(), "-m", "venv", "--without-pip"]]
    if uv:
        ways.insert(0, [uv, "venv", "--quiet", "--python", own_python()])
    said = ""
    for way in ways:
        remove(VENV)
        made = subprocess.run([*way, str(VENV)], capture_output=True, text=True, check=False, cwd=ROOT)
        if made.returncode == 0 and is_usable(python_in(VENV)):
            return
        said = (made.stderr or made.stdout).strip() or said
    raise Problem(
        f"Could not make the environment {VENV}.\n{said}\n"
        "On Debian or Ubuntu this helps: apt install python3-venv python3-pip. Then try again."
    )


def remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Problem(
            f"Could not remove {folder} ({error}). Close what uses it and delete it by hand."
        ) from error


def install(python: Path, requirements: Path) -> None:
    """Installs pinned requirements by the first way that works: uv, the environment's pip, this Python's pip."""
    uv = shutil.which("uv")
    pip = ["--disable-pip-version-check", "--no-input", "install", "-r", str(requirements)]
    ways = [[str(python), "-m", "pip", *pip], [own_python(), "-m", "pip", "--python", str(python), *pip]]
    if uv:
        ways.insert(0, [uv, "pip", "install", "--python", str(python), "-r", str(requirements)])
    # A pip told to install for the user alone refuses to install into an environment.
    environment = {**os.environ, "PIP_USER": "0"}
    for way in ways:
        if wait_for(way, environment) == 0:
            return
    raise Problem(
        f"Could not install what {requirements.name} lists; the reason stands above. "
        "Is this computer online, and is there uv or pip (python -m ensurepip)? Then try again."
    )


# --- Commands ---------------------------------------------------------------------------------------------


def run(port: int | None, *, browser: bool) -> int:
    """Opens the app, on this machine alone: nobody else on the network can reach it."""
    if port is not None and not is_free(port):
        raise Problem(f"Port {port} is taken or not allowed. Choose another one, or leave --port out.")
    python = prepare("run")
    chosen = free_port() if port is None else port
    if port is None and chosen != FIRST_PORT:
        say(f"Port {FIRST_PORT} is taken.")
    say(f"Puntual: http://localhost:{chosen}   (Ctrl-C stops it)")
    options = {
        "server.address": "localhost",
        "server.port": str(chosen),
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
    }
    if not browser:
        options["server.headless"] = "true"
    flags = [f"--{name}={value}" for name, value in options.items()]
    return become([str(python), "-m", "streamlit", "run", "app.py", *flags])


def test(pytest_arguments: Sequence[str]) -> int:
    """Every check, then every test; a failure does not keep the rest from running.

    With arguments for pytest, those tests alone.
    """
    python = str(prepare("test"))
    browser = find_browser() or install_browser(python)
    environment = dict(os.environ)
    if browser:
        environment[BROWSER_VARIABLE] = str(browser)
    else:
        say(NO_BROWSER)
    failed = []
    if not pytest_arguments:
        for name, command in checks(python):
            say(f"== {name}")
            if wait_for(command, environment):
                failed.append(name)
        environment[FAILED_CHECKS_VARIABLE] = ", ".join(failed)
        # One worker takes all of a group's tests: those of a file in the browser share their visitors.
        pytest_arguments = ["-n", "auto", "--maxprocesses", str(WORKERS), "--dist", "loadgroup"]
    say("== pytest")
    result = wait_for([python, "-m", "pytest", *pytest_arguments], environment)
    return result or int(bool(failed))


def checks(python: str) -> list[tuple[str, list[str]]]:
    """What runs before the tests: name and command line of each."""
    lint_imports = Path(python).parent / "lint-imports"
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("import direction", [str(lint_imports), "--no-logo"]),
    ]


def become(command: list[str]) -> int:
    """Replaces this process by the command, so that signals and the exit code are its own.

    Windows has no such thing: there this process waits for it.
    """
    if not WINDOWS:
        sys.stdout.flush()
        os.chdir(ROOT)
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return wait_for(command)


def wait_for(command: Sequence[str], environment: dict[str, str] | None = None) -> int:
    """Runs a command in the project's folder and returns its exit code; Ctrl-C gives it time to stop by itself."""
    sys.stdout.flush()
    try:
        process = subprocess.Popen(command, env=environment, cwd=ROOT)
    except OSError as error:
        say(f"{command[0]}: {error.strerror}")
        return 1
    with process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                process.wait(PATIENCE_SECONDS)
            process.kill()
            raise


# --- Ports ------------------------------------------------------------------------------------------------


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        if not WINDOWS:  # on Windows this option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """The first free port from Streamlit's usual one on."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if is_free(port):
            return port
    raise Problem(
        f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all taken. Choose one with --port."
    )


def port_number(text: str) -> int:
    """A port as typed, for argparse."""
    if text.isdecimal() and 1 <= int(text) <= LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a port: a number from 1 to {LAST_PORT}")


# --- Browser ----------------------------------------------------------------------------------------------

NAMES_ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PROGRAMS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def find_browser() -> Path | None:
    """A Chromium-like browser that is on this machine already: the one asked for, one on the path, a usual place."""
    asked = os.environ.get(BROWSER_VARIABLE)
    if asked:
        found = shutil.which(asked)
        if found:
            return Path(found)
        raise Problem(f"{BROWSER_VARIABLE} is set to {asked}, which is no program on this computer.")
    return next((path for path in usual_browsers() if starts(path)), None)


def usual_browsers() -> Iterator[Path]:
    for name in NAMES_ON_PATH:
        found = shutil.which(name)
        if found:
            yield Path(found)
    if MAC:
        folders = [Path("/Applications"), Path.home() / "Applications"]
        places = [folder / application for application in MAC_APPLICATIONS for folder in folders]
    elif WINDOWS:
        folders = [Path(os.environ[name]) for name in WINDOWS_FOLDERS if name in os.environ]
        places = [folder / program for program in WINDOWS_PROGRAMS for folder in folders]
    else:
        places = [Path("/snap/bin/chromium")]
    yield from (place for place in places if place.is_file())


def starts(browser: Path) -> bool:
    """Whether a browser answers: on some systems the name is a script that only says what to install.

    Windows' browsers open a window instead of answering; there its file is proof enough.
    """
    if WINDOWS:
        return True
    command = [str(browser), "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_browser(python: str) -> Path | None:
    """A browser where the machine had none: Playwright's from before, the package manager's, Playwright's anew."""
    downloaded = playwright_browser(python)
    if downloaded:
        return downloaded
    if may_use_apt():
        say("No browser on this machine: installing Chromium.")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        wait_for(["apt-get", "update"], environment)
        wait_for(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], environment)
        found = find_browser()
        if found:
            return found
    say("No browser on this machine: asking Playwright for one.")
    wait_for([python, "-m", "playwright", "install", "chromium"])
    return playwright_browser(python)


def may_use_apt() -> bool:
    """Whether this is Debian or a child of it, and we are root there."""
    user = getattr(os, "geteuid", None)
    return (
        user is not None
        and user() == 0
        and Path("/etc/debian_version").exists()
        and shutil.which("apt-get") is not None
    )


def playwright_browser(python: str) -> Path | None:
    """The Chromium that Playwright downloaded, if it did."""
    program = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    path = Path(answer.stdout.strip() or "nowhere")
    return path if path.is_file() else None


# --- The command line -------------------------------------------------------------------------------------


def say(sentence: str) -> None:
    print(sentence, flush=True)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Puntual's commands; each sets up what it needs."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | test")
    running = commands.add_parser("run", help="open the app")
    running.add_argument(
        "--port", type=port_number, help=f"the first free one from {FIRST_PORT} on, if not given"
    )
    running.add_argument(
        "--no-browser", action="store_true", help="do not open a browser, only say the address"
    )
    running.add_argument("--headless", action="store_true", help="the same, for machines without a screen")
    commands.add_parser(
        "test", help="run every check and every test; what follows goes to pytest", add_help=False
    )
    return parser


def main(words: Sequence[str]) -> int:
    try:
        check_python(sys.version_info[:2])
        if words[:1] == ["test"]:  # pytest's options are its own: none of them is read here
            return test(words[1:])
        given = arguments().parse_args(words)
        return run(given.port, browser=not (given.headless or given.no_browser))
    except Problem as problem:
        print(f"dev.py: {problem}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
