"""Imports flow down (dashboard → etl → geo), SQL stays where it belongs: the last column of the code's map, as a test."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("dashboard", "etl", "geo")
SCREEN = ("streamlit", "streamlit_folium", "folium")
# Pages of the annual map are made of facts, never of questions: what asks and what shows stands outside.
NO_PAGE_MAKER = (
    "geo",
    "etl",
    "duckdb",
    *SCREEN,
    *(f"dashboard.{name}" for name in ("slides", "stage", "store", "view")),
)
# A format draws marks and decides nothing.
NO_FORMAT = (*NO_PAGE_MAKER, *(f"dashboard.annual.{name}" for name in ("facts", "layout", "maps", "pages")))

# Folder or module (the most exact entry counts) → what it must never import.
NEVER: dict[str, tuple[str, ...]] = {
    "geo/": ("dashboard", "etl", "duckdb", *SCREEN),
    "geo/area.py": (*OURS, "duckdb", *SCREEN),
    "geo/fiscal.py": (*OURS, "duckdb", *SCREEN),
    "etl/": ("dashboard", *SCREEN),
    "dashboard/": ("geo", "duckdb"),
    "dashboard/store.py": ("geo", *SCREEN),
    "dashboard/documents.py": ("geo", *SCREEN),
    "dashboard/geometry.py": ("geo", *SCREEN),
    "dashboard/lists.py": ("geo", *SCREEN),
    "dashboard/neighbourhood.py": (
        "duckdb",
        *SCREEN,
    ),  # distances are measured by geo, also where a page asks for them
    "dashboard/offers.py": ("duckdb", *SCREEN),
    "dashboard/offer_facts.py": ("duckdb", *SCREEN),
    "dashboard/location.py": ("duckdb", *SCREEN),
    "dashboard/offer_filters.py": ("geo", "etl", "duckdb", *SCREEN),
    "dashboard/offer_search.py": ("geo", "etl", "duckdb", *SCREEN),
    "dashboard/database.py": ("geo", *SCREEN),
    "dashboard/answer.py": ("geo", *SCREEN),
    "dashboard/scope.py": ("geo", "etl", "duckdb"),
    "dashboard/words/": (*OURS, "duckdb", *SCREEN),
    "dashboard/annual/": NO_PAGE_MAKER,
    "dashboard/annual/layout/": (
        *NO_PAGE_MAKER,
        "dashboard.words",
        *(f"dashboard.annual.{name}" for name in ("drawing", "facts", "maps", "pages", "powerpoint")),
    ),
    "dashboard/annual/maps/": (*NO_PAGE_MAKER, "dashboard.annual.drawing", "dashboard.annual.powerpoint"),
    "dashboard/annual/pages/": (*NO_PAGE_MAKER, "dashboard.annual.drawing", "dashboard.annual.powerpoint"),
    "dashboard/annual/drawing/": (*NO_FORMAT, "dashboard.annual.powerpoint"),
    "dashboard/annual/powerpoint/": NO_FORMAT,
    "dashboard/stage/": ("geo", "etl", "duckdb", "dashboard.annual", "dashboard.slides", "dashboard.store"),
}
# The dashboard reads a build and exports tables; how a build is made is not its business.
ETL_FOR_THE_DASHBOARD = frozenset({"etl.build", "etl.export"})
# The subcommands of intake and boundaries write into the data folder, and the import check asks what they would do: they alone
# know more.
ETL_FOR_THE_SUBCOMMANDS = {
    "dashboard/imports/check.py": frozenset(
        {"etl.changes", "etl.checked_file", "etl.fault", "etl.form_sheet", "etl.inputs", "etl.intake"}
    ),
    "dashboard/imports/mapping.py": frozenset({"etl.intake"}),
    "dashboard/imports/findings.py": frozenset({"etl.changes", "etl.intake"}),
    "dashboard/imports/templates.py": frozenset({"etl.intake", "etl.templates"}),
    "dashboard/commands/intake_run.py": frozenset(
        {
            "etl.changes",
            "etl.current",
            "etl.folders",
            "etl.form_sheet",
            "etl.import_record",
            "etl.imports",
            "etl.intake",
            "etl.publish",
            "etl.quarantine",
            "etl.templates",
        }
    ),
    "dashboard/commands/intake.py": frozenset({"etl.intake"}),
    "dashboard/commands/slides_run.py": frozenset({"etl.publish"}),
    "dashboard/cli.py": frozenset({"etl.fault"}),
    "dashboard/commands/boundaries_run.py": frozenset({"etl.boundaries", "etl.folders"}),
}
SQL = re.compile(r"\b(SELECT\b.+\bFROM|INSERT INTO|CREATE (TABLE|VIEW)|COPY\b.+\bTO)\b", re.DOTALL)
SQL_ALLOWED = frozenset(
    {
        "dashboard/store.py",
        "dashboard/documents.py",
        "dashboard/geometry.py",
        "dashboard/lists.py",
        "dashboard/neighbourhood.py",
        "dashboard/offer_facts.py",
        "dashboard/location.py",
        "dashboard/cli.py",
    }
)  # the command's help shows an example
NEVER_CALLED = frozenset({"eval", "exec", "compile", "__import__"})
VAGUE_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)(_|$)")
MOST_LINES = 400
"""Modules aim at 250 lines; no module may pass this."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a module: its full name, its line, and whether it stands inside a function."""

    name: str
    line: int
    is_inside_function: bool


def modules() -> list[str]:
    """Return every module of ours, as a path from the root."""
    found = (path for package in OURS for path in (ROOT / package).rglob("*.py"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found if "node_modules" not in path.parts)


def tree(module: str) -> ast.Module:
    """Return the module's syntax."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imports(module: str) -> Iterator[Import]:
    """Yield what a module imports, `from a import b` as a.b as well as a."""
    whole = tree(module)
    inside = {
        id(node)
        for function in ast.walk(whole)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for node in ast.walk(function)
    }
    for node in ast.walk(whole):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, id(node) in inside)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield Import(f"{node.module}.{alias.name}", node.lineno, id(node) in inside)


def forbidden(module: str) -> tuple[str, ...]:
    """Return what the table forbids a module: the longest entry that fits."""
    return NEVER[max((place for place in NEVER if module.startswith(place)), key=len)]


def is_within(name: str, package: str) -> bool:
    """Whether a dotted name is a package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def test_there_are_modules_to_look_at() -> None:
    assert len(modules()) > 30
    assert {PurePosixPath(module).parts[0] for module in modules()} == set(OURS)


def test_a_forbidden_import_would_be_found() -> None:
    assert "duckdb" in forbidden("dashboard/pages/overview.py")
    assert "etl" in forbidden("geo/area.py")
    assert "dashboard.words" in forbidden("dashboard/annual/layout/labels.py")
    assert "dashboard.annual.facts" in forbidden("dashboard/annual/powerpoint/slide.py")
    assert is_within("etl.build.Build", "etl")
    assert not is_within("etlx", "etl")


@pytest.mark.parametrize("module", modules())
def test_imports_flow_down(module: str) -> None:
    broken = [
        f"{module}:{entry.line} imports {entry.name}"
        for entry in imports(module)
        if any(is_within(entry.name, package) for package in forbidden(module))
    ]
    assert not broken


@pytest.mark.parametrize("module", [module for module in modules() if module.startswith("dashboard/")])
def test_the_dashboard_knows_only_the_build_and_the_export(module: str) -> None:
    broken = [
        f"{module}:{entry.line} imports {entry.name}"
        for entry in imports(module)
        if is_within(entry.name, "etl")
        and not any(
            is_within(entry.name, known)
            for known in ETL_FOR_THE_DASHBOARD | ETL_FOR_THE_SUBCOMMANDS.get(module, frozenset())
        )
    ]
    assert not broken


@pytest.mark.parametrize("module", modules())
def test_imports_stand_at_the_top(module: str) -> None:
    assert not [f"{module}:{entry.line}" for entry in imports(module) if entry.is_inside_function]


@pytest.mark.parametrize("module", [module for module in modules() if module.startswith("dashboard/")])
def test_only_the_store_speaks_sql(module: str) -> None:
    if module in SQL_ALLOWED:
        return
    texts = [
        node
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [f"{module}:{node.lineno}" for node in texts if SQL.search(node.value)]


@pytest.mark.parametrize("module", modules())
def test_nothing_runs_text_as_code(module: str) -> None:
    calls = [node for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    assert not [
        node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id in NEVER_CALLED
    ]
    unsafe = ("pickle", "marshal", "shelve", "dill")
    assert not [
        entry for entry in imports(module) if any(is_within(entry.name, package) for package in unsafe)
    ]


@pytest.mark.parametrize("module", modules())
def test_a_module_has_one_purpose_and_says_it(module: str) -> None:
    text = (ROOT / module).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert not any(VAGUE_NAMES.search(part.removesuffix(".py")) for part in PurePosixPath(module).parts)
    assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{module} does not say what it is for"


def test_data_holds_no_code() -> None:
    assert not list((ROOT / "data").rglob("*.py"))


def test_every_library_that_is_imported_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        re.split(r"[<>=!~ \[]", entry)[0].lower().replace("_", "-") for entry in project["dependencies"]
    }
    homes = packages_distributions()
    used = {entry.name.partition(".")[0] for module in modules() for entry in imports(module)}
    missing = {
        name: homes[name]
        for name in used & set(homes) - set(OURS)
        if not {home.lower().replace("_", "-") for home in homes[name]} & declared
    }
    assert not missing
