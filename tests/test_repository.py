"""What is committed: no secrets of a machine, nothing large, a lock that can be trusted, a README that tells the truth."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from dashboard.cli import COMMANDS, Command

ROOT = Path(__file__).resolve().parents[1]
LARGEST_BYTES = 2 * 1024 * 1024
# The dot is bracketed, so that this file does not hold what it looks for.
REGISTRY_HOSTS = re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|npm[m]irror")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|tmp|opt|home)/[\w.-]+")
# A lock of npm names each package by its address: that is its format, and `npm ci` asks the registry it is told to.
NPM_LOCK = "dashboard/area_map/package-lock.json"
REQUIREMENT = re.compile(r"^[a-z0-9][a-z0-9.-]*==[^\s;]+(?: ; [^\\]+)? \\$")
DEMANDED_DECISIONS = ("no-spatial-extension", "embedded-mesh-boundaries", "own-map-component", "numbered-sql")


def committed() -> tuple[str, ...]:
    """Return every file that git knows or would add, as a path from the root."""
    return tuple(name for name in entries() if (ROOT / name).is_file())


@cache
def entries() -> tuple[str, ...]:
    """Return the same with links to folders, which are no files."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listed, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git work tree")
    return tuple(name for name in done.stdout.split("\0") if name)


@cache
def text_of(name: str) -> str | None:
    """Return the text of a file, None if it is binary."""
    body = (ROOT / name).read_bytes()
    return None if b"\0" in body[:8000] else body.decode("utf-8")


def test_no_file_names_a_registry_host() -> None:
    assert not [
        name for name in committed() if name != NPM_LOCK and REGISTRY_HOSTS.search(text_of(name) or "")
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    told = {
        name: found.group() for name in committed() if (found := MACHINE_PATHS.search(text_of(name) or ""))
    }
    assert not told


def test_no_file_is_large() -> None:
    assert not [name for name in committed() if (ROOT / name).stat().st_size > LARGEST_BYTES]


def test_nothing_that_a_build_makes_is_committed() -> None:
    made = ("data/build/", "dashboard/static/", ".venv/", "dashboard/area_map/node_modules/")
    # With the slash at the end, a link that bears the folder's own name is caught as well.
    assert not [
        name
        for name in entries()
        if f"{name}/".startswith(made) or name.endswith((".duckdb", ".pyc", ".pkl"))
    ]


def test_text_files_end_lines_as_unix_does() -> None:
    kinds = (".py", ".sql", ".toml", ".md", ".csv", ".json", ".js", ".css", ".lock")
    assert not [name for name in committed() if name.endswith(kinds) and "\r" in (text_of(name) or "")]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-node.lock"])
def test_a_lock_holds_hashes_and_names_no_source(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert not [
        line for line in lines if re.search(r"https?:|file:|--(extra-)?index|--find-links|--trusted", line)
    ]
    entries = [place for place, line in enumerate(lines) if "==" in line and "--hash" not in line]
    assert entries
    for place in entries:
        assert REQUIREMENT.match(lines[place]) or lock != "requirements.lock", lines[place]
        assert "--hash=sha256:" in lines[place + 1]


def test_the_lock_holds_every_declared_dependency_and_the_build_backend() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    locked = {
        line.split("==")[0]
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    assert {re.split(r"[<>=!~ \[]", entry)[0].lower() for entry in wanted} <= locked


def readme() -> str:
    """Return the README, or leave the test out while there is none."""
    path = ROOT / "README.md"
    if not path.is_file():
        pytest.skip("README.md is not written yet")
    return path.read_text(encoding="utf-8")


def make_targets() -> list[str]:
    """Return the targets that `make help` lists."""
    return re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_make_lists_the_tasks_of_the_project() -> None:
    assert {"run", "test", "lint", "format", "bench", "pictures", "build", "clean"} <= set(make_targets())


@pytest.mark.parametrize("target", make_targets())
def test_the_readme_names_every_make_target(target: str) -> None:
    assert re.search(rf"\bmake (?:\w+ )*{target}\b", readme())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_readme_names_every_subcommand(command: Command) -> None:
    assert f"ibasho {command.name}" in readme()


def test_what_the_readme_points_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", readme())
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_each_decision_that_is_hard_to_undo_has_its_page() -> None:
    pages = sorted(path.stem for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [page[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert not [name for name in DEMANDED_DECISIONS if not any(name in page for page in pages)]
