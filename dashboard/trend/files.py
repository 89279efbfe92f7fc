"""The rows of the page of the years as files."""

from collections.abc import Callable

from dashboard import file_buttons as shared
from dashboard.view import View


def file_buttons(view: View, what: str, write: Callable[[str], bytes], *, key: str) -> None:
    """Offer the rows as CSV and Excel. `what` names them in the file's name and in the words (`trend.file_…`)."""
    shared.file_buttons(
        view, what, write, label=lambda fmt: view.text(f"trend.file_{what}", format=fmt), key=key
    )
