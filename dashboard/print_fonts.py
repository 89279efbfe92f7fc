"""The typeface of pages that leave the atlas: whole TrueType files, since no browser is there to join the parts of a web font."""

from pathlib import Path

from dashboard.commands.command import CommandError

FAMILY = "Noto Sans JP"
FOLDER = Path(__file__).resolve().parent / "static" / "fonts" / "print"
REGULAR, BOLD = "NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf"


class FontsMissingError(CommandError):
    """The fonts have not been brought yet; the message is one Japanese line with the mend."""


def font_folder() -> Path:
    """Return the folder that holds `REGULAR` and `BOLD`, and no other font.

    Raises:
        FontsMissingError: one of them is not there.
    """
    if not all((FOLDER / name).is_file() for name in (REGULAR, BOLD)):
        raise FontsMissingError(
            "印刷用のフォントがまだありません。`ibasho build` を実行してください。"
            " / The fonts for print are not there yet: run `ibasho build`."
        )
    return FOLDER
