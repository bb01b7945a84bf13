"""What all tests share: reproducible examples, no network, and a closing word about the checks before them."""

import atexit
import os
import shutil
import sys
import tempfile

import hypothesis
import pytest

import dev
from analysis.reading.memory.store import FOLDER_VARIABLE

# The same examples every time: a red test is red again, and a slow machine is not a failure.
hypothesis.settings.register_profile("puntual", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("puntual")

# What is remembered of columns is remembered elsewhere: no test sees or touches the folder of whoever runs it.
os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="puntual-tests-")
atexit.register(shutil.rmtree, os.environ[FOLDER_VARIABLE], ignore_errors=True)

THIS_MACHINE = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104 - nothing is bound to it here


def refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """Nothing of an owner's leaves the machine: code under test that tries to fails here."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and address[0] not in THIS_MACHINE:
        message = f"a test tried to reach {address}"
        raise PermissionError(message)


sys.addaudithook(refuse_the_network)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    failed = os.environ.get(dev.FAILED_CHECKS_VARIABLE)
    if failed:
        terminalreporter.section("checks that failed before the tests")
        terminalreporter.line(failed)
