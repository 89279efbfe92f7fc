"""Where the collections of real and hostile files lie; they are no part of the product, so tests without them skip and say so."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"


def _samples(name: str) -> Path:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the collection of sample files is not beside the repository: {name}")
    return folder


@pytest.fixture(scope="session")
def hostile() -> Path:
    """Folder of messy and hostile files with what must become of them."""
    return _samples("hostile")


@pytest.fixture(scope="session")
def open_data() -> Path:
    """Folder of real open-data files."""
    return _samples("open-data")
