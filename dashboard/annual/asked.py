"""What is asked of the annual map: years, area, language, colours, paper."""

from dataclasses import dataclass

from dashboard.closed_lists import Block, Colouring, Language, PaperKind


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish. `years` rise; one year asks for its own list, several for their build-up as well.

    `area` is "" for the nation or the block, else a prefecture's two-digit code. `is_presented`: for
    the screen of a room, where nothing is smaller than 24 points, whatever the paper.
    """

    years: tuple[int, ...]
    area: str = ""
    block: Block | None = None
    language: Language = Language.JA
    colouring: Colouring = Colouring.COLOUR
    paper: PaperKind = PaperKind.SLIDE
    is_presented: bool = False


PREFECTURES: dict[Block, range] = {
    Block.HOKKAIDO: range(1, 2),
    Block.TOHOKU: range(2, 8),
    Block.KANTO: range(8, 15),
    Block.CHUBU: range(15, 24),
    Block.KINKI: range(24, 31),
    Block.CHUGOKU: range(31, 36),
    Block.SHIKOKU: range(36, 40),
    Block.KYUSHU: range(40, 48),
}
"""The eight regions of Japan as school geography divides them, in the order of the prefecture codes: 三重 lies in 近畿."""


def block_of(prefecture: str) -> Block:
    """Return the block of a prefecture's two-digit code.

    >>> block_of("24").value
    'kinki'
    """
    return next(block for block, codes in PREFECTURES.items() if int(prefecture) in codes)


def prefectures_of(asked: Asked) -> tuple[str, ...]:
    """Return the two-digit codes of the prefectures that are shown."""
    if asked.area:
        return (asked.area,)
    blocks = [asked.block] if asked.block else list(Block)
    return tuple(f"{code:02d}" for block in blocks for code in PREFECTURES[block])
