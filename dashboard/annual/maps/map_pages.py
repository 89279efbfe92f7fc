"""The pages of the annual map: a year's list, and the build-up of several years; by regions where a page would be too full."""

from dataclasses import replace

from dashboard.annual.asked import PREFECTURES, Asked, block_of
from dashboard.annual.body_names import prefecture_name
from dashboard.annual.facts import Facts
from dashboard.annual.ground import Ground
from dashboard.annual.maps.index_page import index_pages
from dashboard.annual.maps.map_page import Sheet, map_page, sheet_of
from dashboard.annual.maps.presented import presented_pages
from dashboard.annual.maps.subject import Subject, asked_part, build_up_subject, year_subject
from dashboard.annual.marks import Page
from dashboard.annual.setting import Setting
from dashboard.words import Words

__all__ = ["build_up_pages", "presented_pages", "year_pages"]


def year_pages(asked: Asked, facts: Facts, ground: Ground, words: Words, year: int) -> tuple[Page, ...]:
    """Return the map of one fiscal year: one page, or a page for each region with bodies and an index of all names.

    Raises:
        KeyError: the atlas has no such year.
    """
    setting = Setting(replace(asked, is_presented=False), facts, ground, words)
    return _pages(setting, year_subject(setting, year), f"year-{year}")


def build_up_pages(asked: Asked, facts: Facts, ground: Ground, words: Words) -> tuple[Page, ...]:
    """Return the map of all asked years together; nothing where one year is asked for, or no list is registered."""
    setting = Setting(replace(asked, is_presented=False), facts, ground, words)
    subject = build_up_subject(setting)
    if not subject.is_build_up or not subject.registered:
        return ()
    return _pages(setting, subject, "build-up")


def _pages(setting: Setting, nation: Subject, key: str) -> tuple[Page, ...]:
    subject = asked_part(setting, nation)
    sheets = _sheets(setting, subject)
    if len(sheets) == 1 and sheets[0].layout:
        return (map_page(setting, sheets[0], key),)
    total = len(sheets)
    maps = tuple(
        map_page(
            setting,
            sheet,
            f"{key}-{sheet.subject.prefectures[0]}",
            setting.words.text("annual.part", n=number, total=total),
        )
        for number, sheet in enumerate(sheets, start=1)
    )
    return (*maps, *index_pages(setting, subject, [sheet.subject for sheet in sheets], f"{key}-index"))


def _sheets(setting: Setting, subject: Subject) -> list[Sheet]:
    """Split until every sheet has room for its names; a prefecture that has none keeps its signs, and the index its names."""
    sheet = sheet_of(setting, subject)
    if sheet.layout or len(subject.prefectures) == 1:
        return [sheet]
    parts = [part for part in _smaller(setting, subject) if part.entries or part.partners]
    return [found for part in parts for found in _sheets(setting, part)]


def _smaller(setting: Setting, subject: Subject) -> list[Subject]:
    """The blocks of the nation, or the prefectures of a block."""
    blocks = list(dict.fromkeys(block_of(code) for code in subject.prefectures))
    if len(blocks) == 1:
        return [subject.within([code], prefecture_name(setting.facts, code)) for code in subject.prefectures]
    return [
        subject.within([f"{code:02d}" for code in PREFECTURES[block]], setting.words.text(f"block.{block}"))
        for block in blocks
    ]
