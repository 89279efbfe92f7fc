"""Which column means what: headings are compared with the known layouts, and what does not fit is explained."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.intake.facts import Kind, Options
from etl.intake.layouts import Layout, hints, layouts_of, normal, words_of
from etl.intake.privacy import is_personal_heading, masked, refuse_personal_headings
from etl.intake.report import RejectedError

MOST_TOLD = 40
LONGEST_TOLD = 24
LONGEST_MAPPED = 60
"""Headings of this length may have been cut by their reader; a cut one would not be found again."""
# Numbers, dates and telephone numbers are no headings: where every fifth cell is one, the row is a record.
_DATA = re.compile("[A-Za-z]?[0-9０-９+(][0-9０-９ .,/:()年月日-]*")
_DATA_SHARE = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file, by what they mean.

    `printed` maps a column to its heading as printed; `joined` to several; `contacts` are the printed headings of telephone and
    mail columns, whose cells are repeated nowhere.
    """

    kind: Kind
    layout: Layout
    printed: Mapping[str, str]
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contacts: frozenset[str] = frozenset()

    def heading(self, *names: str) -> str:
        """Return the printed heading of the first of these columns that the file has, else our own word for it."""
        for name in names:
            if name in self.printed:
                return self.printed[name]
        return words_of(self.kind).get(names[0], "*")


class HeadingSought:
    """Tells whether a row of cells is the heading of a kind, and remembers the one that was."""

    def __init__(self, kind: Kind, options: Options) -> None:
        """Seek the heading of any layout of the kind, or of the mapping that the person confirmed."""
        self.cells: tuple[str, ...] = ()
        self._kind = kind
        self._options = options

    def __call__(self, cells: Sequence[str]) -> bool:
        """Return whether the cells fit a layout."""
        is_heading = _fitting(self._kind, _normals(cells), self._options) is not None
        if is_heading:
            self.cells = tuple(cells)
        return is_heading


def assigned(
    headings: Sequence[str], kind: Kind, options: Options, *, row: int = 1, cells: Sequence[str] = ()
) -> Columns:
    """Return what the columns under these headings mean; `cells` are the same as they stand in the file, with repeats.

    Raises:
        RejectedError: personal data, a heading that stands twice, a required column that is missing, or a layout that is known
            and cannot be taken.
    """
    printed = _first_of_each(headings)
    layout = _fitting(kind, frozenset(printed), options)
    refuse_personal_headings(headings, kind, row)
    if layout is None:
        raise not_found([list(headings)], kind, options)
    if layout.refused:
        raise RejectedError(layout.refused, layout.mend, row=row)
    if not options.mapping:
        _refuse_other_kind(frozenset(printed), kind, len(layout.known & frozenset(printed)), row)
    taken = _taken(layout, printed) | _mapped(kind, printed, options)
    _refuse_repeated(cells or headings, frozenset(map(normal, taken.values())), row)
    joined = {
        name: tuple(printed[heading] for heading in headings if heading in printed)
        for name, headings in layout.joined.items()
    }
    every = frozenset().union(*(each.contacts for each in layouts_of(kind)))
    contacts = frozenset(heading for key, heading in printed.items() if key in every)
    return Columns(kind, layout, taken, {name: parts for name, parts in joined.items() if parts}, contacts)


def not_found(rows: Sequence[Sequence[str]], kind: Kind, options: Options) -> RejectedError:
    """Return why none of the first rows of a file is its heading: the nearest layout and what it lacks, or a proposal."""
    layouts = [layout for layout in layouts_of(kind) if not layout.refused]
    known = frozenset().union(*(layout.known for layout in layouts))

    def likeness(row: Sequence[str]) -> int:
        return sum(key in known or is_personal_heading(key) for key in _normals(row))

    best = max(rows, key=likeness, default=[])
    number = list(rows).index(best) + 1 if best else 0
    if likeness(best) >= 2:
        try:
            refuse_personal_headings(best, kind, number)
            _refuse_other_kind(_normals(best), kind, likeness(best), number)
        except RejectedError as fault:
            return fault
    told = _told(best)
    if kind is Kind.PLACES and (proposal := _proposal(best)):
        problem = f"居場所の名称か所在の列が決められません。読めた見出し: {told}"
        mend = f"列の対応づけを確かめて渡してください: {proposal}"
        return RejectedError(problem, mend, row=number, headings=_to_map(best))
    if likeness(best) == 0:
        problem = f"見出しが見つかりません。読めた最初の行: {told or '（空）'}"
        mend = f"見出し（{'・'.join(words_of(kind).values())}）の行を付けてください"
        return RejectedError(problem, mend, headings=max(map(_to_map, rows), key=len, default=()))
    return _lacking(best, layouts, _given(options), number)


def _lacking(
    cells: Sequence[str], layouts: Iterable[Layout], given: Iterable[str], row: int
) -> RejectedError:
    headings = _normals(cells)
    layout = max(layouts, key=lambda each: len(each.known & headings) + 10 * each.is_marked(headings))
    words = words_of(layout.kind)
    missing = [words.get(name, name) for name in layout.missing(headings, given)]
    names = "".join(f"「{word}」" for word in missing)
    problem = f"必要な列{names}がありません。読めた見出し: {_told(cells)}"
    mend = f"見出し{names}の列を足してください" + (
        "（ファイル全体が一つの年度なら、年度を指定して渡せます）" if words.get("year") in missing else ""
    )
    column = missing[0] if len(missing) == 1 else ""
    return RejectedError(problem, mend, row=row, column=column, headings=_to_map(cells))


def _fitting(kind: Kind, headings: frozenset[str], options: Options) -> Layout | None:
    """The first layout that fits; with a confirmed mapping any layout of the kind will do as its ground."""
    given = _given(options)
    mapped = _meaning(kind, options)
    if mapped and not {normal(heading) for heading in mapped.values()} <= headings:
        return None
    for layout in layouts_of(kind):
        if layout.is_marked(headings) and not layout.missing(headings, (*given, *mapped)):
            return layout
    return None


def _refuse_other_kind(headings: frozenset[str], kind: Kind, fits: int, row: int) -> None:
    """A list of places also has 年度, 都道府県 and 市区町村: taken as a list of platforms, every place would be one."""
    for other in (layout for each in Kind if each is not kind for layout in layouts_of(each)):
        is_nearer = len(other.known & headings) > fits and not other.missing(headings)
        if other.is_marked(headings) and is_nearer:
            problem = f"見出しは「{other.title}」のもので、渡された種類と違います"
            raise RejectedError(problem, "一覧の種類を選び直してください", row=row)


def _given(options: Options) -> tuple[str, ...]:
    year = ("year",) if options.fiscal_year else ()
    return (*year, "municipality") if options.default_municipality else year


def _meaning(kind: Kind, options: Options) -> dict[str, str]:
    """The confirmed mapping by our own names of the columns (its keys may be our words: 名称, 住所)."""
    by_word = {word: name for name, word in words_of(kind).items()}
    return {by_word.get(key, key): heading for key, heading in (options.mapping or {}).items() if heading}


def _mapped(kind: Kind, printed: Mapping[str, str], options: Options) -> dict[str, str]:
    meaning = _meaning(kind, options)
    if unknown := sorted(set(meaning) - set(words_of(kind))):
        words = "・".join(words_of(kind).values())
        raise RejectedError(f"対応づけの「{'」「'.join(unknown)}」という列はありません", f"使える列: {words}")
    return {name: printed[normal(heading)] for name, heading in meaning.items()}


def _taken(layout: Layout, printed: Mapping[str, str]) -> dict[str, str]:
    """The first heading that is there for each column; no heading means two things."""
    taken: dict[str, str] = {}
    used: set[str] = set()
    for name, possible in layout.columns.items():
        heading = next((each for each in possible if each in printed and each not in used), None)
        if heading is not None:
            used.add(heading)
            taken[name] = printed[heading]
    return taken


def _refuse_repeated(cells: Sequence[str], taken: frozenset[str], row: int) -> None:
    times = Counter(key for cell in cells if (key := normal(cell)) in taken)
    for key, count in times.items():
        if count > 1:
            heading = next(cell.strip() for cell in cells if normal(cell) == key)
            problem = f"見出し「{heading}」が{count}回あります"
            mend = "どちらの列が正しいかを確かめ、もう一方の見出しを変えるか列を消してください"
            raise RejectedError(problem, mend, row=row, column=heading)


def _first_of_each(cells: Sequence[str]) -> dict[str, str]:
    printed: dict[str, str] = {}
    for cell in cells:
        if key := normal(cell):
            printed.setdefault(key, cell)
    return printed


def _normals(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(normal, cells)))


def _proposal(cells: Sequence[str]) -> str:
    """「名称=Label、住所=Place」: for each column the heading that holds a telling word, only to be confirmed."""
    words = words_of(Kind.PLACES)
    pairs: dict[str, str] = {}
    for name, marks in hints().items():
        likely = (cell for cell in cells if any(mark in normal(cell) for mark in marks))
        heading = next((cell for cell in likely if cell not in pairs.values()), None)
        if heading is not None:
            pairs[name] = heading
    if "name" not in pairs or len(pairs) < 2:
        return ""
    return "、".join(f"{words[name]}={_short(heading)}" for name, heading in pairs.items())


def _to_map(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings among which a person can choose; none out of a record, and none that may be about a person."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if _is_record(filled):
        return ()
    return tuple(
        cell for cell in dict.fromkeys(filled) if len(cell) < LONGEST_MAPPED and masked(cell) == cell
    )


def _is_record(filled: Sequence[str]) -> bool:
    """Whether cells are those of a record; a telephone number or a mail address stands in no heading."""
    if any(masked(cell) != cell for cell in filled):
        return True
    return len(filled) <= _DATA_SHARE * sum(_DATA.fullmatch(cell.strip()) is not None for cell in filled)


def _told(cells: Sequence[str]) -> str:
    """The headings that were read; not the cells of a record that stands where the heading is missing."""
    filled = [cell for cell in cells if cell.strip()]
    if _is_record(filled):
        return "（見出しではなくデータの行とみられます）" if filled else ""
    shown = [_short(cell) for cell in filled]
    return "、".join(shown[:MOST_TOLD]) + (
        f" ほか{len(shown) - MOST_TOLD}列" if len(shown) > MOST_TOLD else ""
    )


def _short(cell: str) -> str:
    text = masked(" ".join(cell.split()))
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "…"
