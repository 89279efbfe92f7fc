"""The layout of the annual map: no label covers anything, no leader crosses anything, nothing is clipped."""

import pytest

from dashboard.store import Store
from etl.build import Build
from tests.dashboard.annual.layout_world import SHEETS, faults, page


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


def listed(store: Store, *years: int) -> set[str]:
    """The codes of the bodies in the lists of some years, partners as well."""
    marks = ", ".join("?" * len(years))
    rows = store.ask(f"SELECT DISTINCT code FROM participation WHERE fiscal_year IN ({marks})", *years)
    return {row["code"] for row in rows}


@pytest.mark.parametrize("paper", SHEETS)
def test_the_first_list_stands_round_the_nation_without_a_fault(store: Store, paper: str) -> None:
    codes, sheet = listed(store, 2022), SHEETS[paper]
    layout = page(store, codes, sheet)
    assert len(layout.labels) == len(codes) == 29
    assert not faults(layout, sheet.frame)
