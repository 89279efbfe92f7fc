"""Asks for a page's layout: which bodies get a slot, and what is drawn where there are more names than room."""

from dashboard.annual.body_names import map_name
from dashboard.annual.facts import Body, BodyClass
from dashboard.annual.layout import Layout, TooManyLabelsError, Wanted, laid_out
from dashboard.annual.maps.subject import Subject, label_width, lasting_width
from dashboard.annual.maps.tally import distinct
from dashboard.annual.marks import Rect
from dashboard.annual.paper import Paper
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width
from dashboard.words import Words

MOST_LABELS = 60
"""More names than these on one page are split by regions."""
NAME_LINE_EM = 1.2
SIGN_EM, MOST_SIGN = 0.55, 9.0
"""Side of a ■ or □ on the map, in sizes of the body's type, and at most so many points."""


def named_layout(
    setting: Setting, subject: Subject, frame: Rect, row_height: float, *, most: int = MOST_LABELS
) -> Layout | None:
    """Return the layout with every body named, or None where they are more than `most` or than there is room for.

    Slots are given to the bodies of all years of the facts, whichever are asked for, so that a name stands in the same place
    on the page of one year, in a deck and in the build-up. Where all years together are too many, only those on the page
    have slots.
    """
    for wanted in (_lasting(setting, subject), _own(setting, subject)):
        if len(wanted) <= most:
            try:
                return _laid_out(setting, subject, wanted, (frame, row_height))
            except TooManyLabelsError:
                continue
    return None


def bare_layout(setting: Setting, subject: Subject, frame: Rect, row_height: float) -> Layout:
    """Return the layout of the land alone."""
    return _laid_out(setting, subject, (), (frame, row_height))


def inset_name(words: Words, key: str) -> str:
    """Return the name of a box of far islands."""
    return words.text(f"inset.{key}")


def scale_said(words: Words, scale: float) -> str:
    """Return how the heading of a box says that lengths in it are `scale` times those of the map; "" where they are alike."""
    return words.text("annual.inset_scale", scale=f"{scale:.2f}") if scale < 1 else ""


def _laid_out(
    setting: Setting, subject: Subject, wanted: tuple[Wanted, ...], room: tuple[Rect, float]
) -> Layout:
    paper = setting.paper
    has_small_names = paper.small < paper.body
    is_named = has_small_names and len(subject.prefectures) > 1
    names = {code: map_name(setting.facts, code) for code in subject.prefectures} if is_named else {}
    return laid_out(
        setting.ground,
        subject.prefectures,
        wanted,
        {body.code for body in subject.bodies},
        room[0],
        row_height=room[1],
        name_height=NAME_LINE_EM * paper.small,
        name_widths={f"{code}000": text_width(name, paper.small) for code, name in names.items()},
        heading_width=_heading_width(setting),
        scale_width=text_width(f"　{scale_said(setting.words, 0.55)}", paper.small)
        if has_small_names
        else 0.0,
        sign=sign_side(paper),
    )


def sign_side(paper: Paper) -> float:
    """Return the side of a ■ or □ on the map."""
    return min(SIGN_EM * paper.body, MOST_SIGN)


def _heading_width(setting: Setting) -> float:
    keys = (key for key in setting.words.sentences if key.startswith("inset."))
    return max(text_width(setting.words.sentences[key], setting.paper.small) for key in keys)


def _lasting(setting: Setting, subject: Subject) -> tuple[Wanted, ...]:
    """Every counted body of every year that lies in what the page shows."""
    bodies = (body for body in distinct(setting.facts.years) if body.prefecture in subject.prefectures)
    return tuple(_wanted(body, lasting_width(setting, body)) for body in bodies)


def _own(setting: Setting, subject: Subject) -> tuple[Wanted, ...]:
    return tuple(
        _wanted(entry.body, label_width(setting, entry.name, entry.badges)) for entry in subject.entries
    )


def _wanted(body: Body, width: float) -> Wanted:
    return Wanted(body.code, body.lon, body.lat, width, body.body_class is BodyClass.PREFECTURE)
