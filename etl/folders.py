"""Where the data lies. A module of its own, for what has to start quickly: `etl.inputs` loads every library of the build."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
MESH_FILE = "mesh_125m_runs.parquet"
CHOSEN_BOUNDARY = Path("boundaries") / "current.json"
"""Below the folder of the data; it is there if official boundaries were chosen."""
DATA_DIR_VARIABLE = "IBASHO_DATA_DIR"


def data_folder(folder: Path | None = None) -> Path:
    """Return the folder of the data: the argument, else $IBASHO_DATA_DIR, else the project's own."""
    return folder or Path(os.environ.get(DATA_DIR_VARIABLE) or DATA)
