"""The house as the README draws it: what stands where, how long it is, and what may know what."""

import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from analysis.practices.needs import PRACTICES
from dev import ROOT
from ui.column_names import column_names
from words import Language, speak

README = (ROOT / "README.md").read_text(encoding="utf-8")
READMES = [ROOT / "README.md", ROOT / "README.es.md"]

PACKAGES = ("analysis", "words", "ui", "pages", "sample_data")
PAGE_LINES = 120
ROUTER_LINES = 60

#: Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools", "base", "core"}

#: Installed for a library that needs it at hand, imported by none of our lines.
NOT_IMPORTED = {
    "defusedxml": "openpyxl reads XML through it where it is installed",
    "pyarrow": "pandas' text columns and Streamlit's tables stand on it",
    "pandas-stubs": "types for mypy",
    "import-linter": "run by dev.py",
    "mypy": "run by dev.py",
    "pytest-xdist": "run by dev.py",
    "ruff": "run by dev.py",
}


def modules(*folders: str) -> list[Path]:
    """The project's own Python files: all of them, or those of some folders."""
    top = folders or (*PACKAGES, "tests", "benchmarks")
    inside = [path for folder in top for path in sorted((ROOT / folder).rglob("*.py"))]
    return inside if folders else [ROOT / "app.py", ROOT / "dev.py", *inside]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_page_reads_like_a_table_of_contents() -> None:
    assert {path.name: lines(path) for path in modules("pages") if lines(path) > PAGE_LINES} == {}


def test_the_router_only_routes() -> None:
    assert lines(ROOT / "app.py") < ROUTER_LINES


def test_every_module_is_named_for_what_it_does() -> None:
    assert [path for path in modules() if path.stem in EMPTY_NAMES] == []


def test_every_practice_has_a_page() -> None:
    pages = {path.stem for path in modules("pages")}
    assert {practice.page for practice in PRACTICES.values()} - pages == set()


def test_the_tests_mirror_the_tree() -> None:
    mirrored = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and list(path.glob("**/test_*.py"))
    }
    assert mirrored == {"analysis", "words", "ui", "pages", "sample_data", "browser"}


# --- README -----------------------------------------------------------------------------------------------


def drawn() -> list[str]:
    """The paths in the README's picture of the house."""
    picture = README.split("## The house")[1].split("```")[1]
    return [line.split()[0] for line in picture.strip().splitlines()]


def test_all_that_the_readme_draws_is_there() -> None:
    assert [path for path in drawn() if not (ROOT / path).exists()] == []


def test_the_readme_draws_every_folder_and_program_at_the_top() -> None:
    seen = [path for path in ROOT.iterdir() if not path.name.startswith(".")]
    folders = {f"{path.name}/" for path in seen if path.is_dir() and any(path.rglob("*.py"))}
    programs = {path.name for path in seen if path.suffix == ".py"}
    assert (folders | programs) - set(drawn()) == set()


def test_the_readme_draws_every_part_of_the_analysis() -> None:
    parts = {f"analysis/{path.parent.name}/" for path in (ROOT / "analysis").glob("*/__init__.py")}
    assert parts == {path for path in drawn() if path.startswith("analysis/")} - {"analysis/"}


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_lists_every_page(readme: Path) -> None:
    table = re.split(r"## (?:The pages|Las páginas)", readme.read_text(encoding="utf-8"))[1].split("\n\n")[1]
    listed = re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in modules("pages") if path.stem != "__init__")


@pytest.mark.parametrize(("readme", "language"), [(READMES[0], "en"), (READMES[1], "es")], ids=["en", "es"])
def test_the_readme_lists_every_practice_with_its_page_and_what_it_needs(
    readme: Path, language: Language
) -> None:
    w = speak(language)
    part = re.split(r"## (?:The practices|Las prácticas)", readme.read_text(encoding="utf-8"))[1].split(
        "\n## "
    )[0]
    listed = {
        int(number): (page, {needs, more} - {"–"})
        for number, page, needs, more in re.findall(
            r"^\| (\d+) \| .+ \| `(\w+)` \| (.+) \| (.+) \|$", part, re.MULTILINE
        )
    }

    def names(columns: tuple[str, ...], between: str = ", ") -> str:
        return between.join(column_names(w, columns))

    plain = {"en": "client, date", "es": "cliente, fecha"}[language]
    either = {"en": " or ", "es": " o "}[language]
    expected = {}
    for number, practice in PRACTICES.items():
        needs = [text for text in (names(practice.needs), names(practice.any_of, either)) if text]
        expected[number] = practice.page, {"; ".join(needs) or plain, names(practice.better_with)} - {""}
    assert listed == expected
    assert sorted(listed) == list(range(1, 32))


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_links_lead_somewhere(readme: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", readme.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("command", ["python dev.py run", "python dev.py test", "streamlit run app.py"])
def test_the_readme_says_the_commands(readme: Path, command: str) -> None:
    assert re.search(rf"^{command}", readme.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_continuous_integration_runs_the_tests_command() -> None:
    script = (ROOT / ".ci" / "run").read_bytes()
    assert b"dev.py test" in script
    assert b"\r" not in script


# --- What may know what -----------------------------------------------------------------------------------


def test_no_screen_is_needed_to_read_analyse_and_speak() -> None:
    """Import direction is held by import-linter; this is what it is for."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules("analysis", "words", "sample_data")
        if path.stem != "__main__"
    ]
    program = (
        f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\nprint(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert {"streamlit", "plotly"} & set(loaded.stdout.split()) == set()


# --- Dependencies -----------------------------------------------------------------------------------------


def pins(path: Path) -> dict[str, str]:
    """Names and versions in a file of requirements, markers aside."""
    wanted = [
        line.split("#")[0].split(";")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return dict(line.split("==") for line in wanted if line and not line.startswith("-"))


APP_PINS = pins(ROOT / "requirements.txt")
TEST_PINS = pins(ROOT / "tests" / "requirements.txt")
CONSTRAINTS = pins(ROOT / "constraints.txt")


def test_every_direct_dependency_is_pinned_as_the_constraints_say() -> None:
    direct = APP_PINS | TEST_PINS
    assert direct == {name: CONSTRAINTS.get(name) for name in direct}


OURS = {*PACKAGES, "tests", "benchmarks", "app", "dev", "__future__"}


@cache
def distributions() -> Mapping[str, list[str]]:
    """The distributions that each importable name comes from."""
    return packages_distributions()


@cache
def imported_by(path: Path) -> frozenset[str]:
    """The distributions that a file imports directly, the standard library and our own packages aside."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    found = names - OURS - sys.stdlib_module_names
    return frozenset(distributions()[name][0].lower().replace("_", "-") for name in found)


def imported(paths: list[Path]) -> set[str]:
    """What any of the files imports."""
    return set().union(*map(imported_by, paths))


def test_the_app_imports_only_what_its_requirements_pin() -> None:
    assert imported([ROOT / "app.py", *modules(*PACKAGES)]) - set(APP_PINS) == set()


def test_the_tests_import_only_what_their_requirements_pin() -> None:
    assert imported(modules()) - set(APP_PINS) - set(TEST_PINS) == set()


def test_nothing_is_required_that_nothing_imports() -> None:
    assert set(APP_PINS) - imported([ROOT / "app.py", *modules(*PACKAGES)]) - set(NOT_IMPORTED) == set()
    assert set(TEST_PINS) - imported(modules()) - set(NOT_IMPORTED) == set()
