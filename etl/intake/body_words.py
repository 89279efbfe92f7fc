"""What is said of a local government in a file: what was changed in its cells, and why a row must wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo.area import Area, AreaKind, check_digit, code6_of, code_digits
from geo.names import Gazetteer

MOST_REPEATED = 20
"""Characters of a cell that a message repeats; a name of a local government is shorter."""


class Role(StrEnum):
    """Which of the cells that name a local government is spoken of."""

    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"
    CODE = "code"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class BodyRepair:
    """One cell brought into its canonical form: the full prefecture, the official name, the code of five digits."""

    role: Role
    problem: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BodyFault:
    """Why no local government can be given, in Japanese, and what would mend it. Candidates are shown, never applied."""

    role: Role
    problem: str
    mend: str


class BodyFaultError(Exception):
    """A row whose cells do not lead to exactly one local government."""

    def __init__(self, role: Role, problem: str, mend: str) -> None:
        """Keep the fault."""
        self.fault = BodyFault(role, problem, mend)
        super().__init__(problem)


class Wording:
    """Faults in words, with the areas that may have been meant."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the gazetteer that knows full and similar names."""
        self._gazetteer = gazetteer

    def shown(self, areas: Iterable[Area]) -> str:
        """Return areas as 「34208 広島県府中市、13206 東京都府中市」."""
        return "、".join(f"{area.code} {self._gazetteer.full_name(area)}" for area in dict.fromkeys(areas))

    def lost(self, role: Role, text: str) -> BodyFaultError:
        """Return the fault of a cell whose characters were lost before the file was handed in."""
        mend = "元のファイルをUTF-8かCP932で保存し直して、もう一度入れてください"
        return BodyFaultError(role, f"文字が失われています（{quoted(text)}）", mend)

    def no_prefecture(self, text: str, municipalities: Sequence[Area]) -> BodyFaultError:
        """Return the fault of a prefecture cell that names none."""
        mend = "都道府県名を正式に書いてください（例：広島県）"
        if municipalities:
            mend = f"都道府県の列には都道府県名を、市区町村名は市区町村の列に書いてください（{self.shown(municipalities)}）"
        return BodyFaultError(Role.PREFECTURE, f"{quoted(text)}という都道府県はありません", mend)

    def no_municipality(self, text: str, prefecture: str) -> BodyFaultError:
        """Return the fault of an unknown name; near names are offered."""
        near = self._gazetteer.similar(text, prefecture) or self._gazetteer.similar(text)
        mend = "市区町村の正式な名前を書いてください"
        if near:
            mend += f"（近い名前：{self.shown(near)}）"
        place = f"{prefecture}に" if prefecture else ""
        return BodyFaultError(Role.MUNICIPALITY, f"{place}{quoted(text)}という市区町村はありません", mend)

    def ambiguous(self, text: str, candidates: Iterable[Area]) -> BodyFaultError:
        """Return the fault of a name that several areas bear."""
        mend = f"都道府県か団体コードを書き添えてください（候補：{self.shown(candidates)}）"
        return BodyFaultError(
            Role.MUNICIPALITY, f"{quoted(text)}に当たる市区町村が複数あり、決められません", mend
        )

    def divided(self, role: Role, text: str, successors: Iterable[Area]) -> BodyFaultError:
        """Return the fault of an ended area that went into several."""
        mend = f"いまの市区町村名を書いてください（候補：{self.shown(successors)}）"
        return BodyFaultError(role, f"{quoted(text)}は廃止され、区域が複数の市区町村に分かれました", mend)

    def not_a_code(self, text: str, digits: str) -> BodyFaultError:
        """Return the fault of a cell that is no code of an area."""
        mend = "全国地方公共団体コード（5桁か6桁）を書くか、空にしてください"
        if len(digits) == 6 and digits[:5].isdigit() and "01" <= digits[:2] <= "47":
            right = digits[:5] + check_digit(digits[:5])
            problem = f"団体コード{quoted(text)}の検査数字が合いません（{digits[:5]}なら{right}）"
            return BodyFaultError(Role.CODE, problem, mend)
        return BodyFaultError(Role.CODE, f"団体コード{quoted(text)}というコードはありません", mend)

    def code_conflict(self, text: str, by_code: Iterable[Area], by_name: Iterable[Area]) -> BodyFaultError:
        """Return the fault of a code and a name that mean different areas; both are shown."""
        said = f"団体コード{quoted(text)}は{self.shown(by_code)}で、名前の{self.shown(by_name)}と食い違います"
        return BodyFaultError(Role.CODE, said, "資料で確かめ、コードか名前のどちらかを直してください")

    def prefecture_conflict(self, text: str, areas: Iterable[Area]) -> BodyFaultError:
        """Return the fault of a prefecture that contradicts name and code."""
        said = f"都道府県{quoted(text)}が、市区町村（{self.shown(areas)}）と食い違います"
        return BodyFaultError(Role.PREFECTURE, said, "資料で確かめ、都道府県か市区町村を直してください")

    def code_unclear(self, text: str, candidates: Iterable[Area]) -> BodyFaultError:
        """Return the fault of a code with two readings and no name to tell them apart."""
        mend = f"先頭の0を補って6桁で書くか、市区町村名を書き添えてください（候補：{self.shown(candidates)}）"
        return BodyFaultError(Role.CODE, f"団体コード{quoted(text)}は2通りに読めます", mend)

    def address_conflict(self, in_address: Iterable[Area], named: Area) -> BodyFaultError:
        """Return the fault of an address in another municipality than the row names; both are shown."""
        said = f"住所は{self.shown(in_address)}ですが、市区町村は{self.shown((named,))}です"
        return BodyFaultError(Role.ADDRESS, said, "資料で確かめ、住所か市区町村を直してください")

    def uncounted(self, area: Area) -> BodyFaultError:
        """Return the fault of a northern village: it has no administration that could take part."""
        said = f"{self.shown((area,))}は、集計の対象（1,741市区町村）に含まれません"
        return BodyFaultError(Role.MUNICIPALITY, said, "この行を一覧から外してください")


MISSING = BodyFaultError(
    Role.MUNICIPALITY, "市区町村がありません", "市区町村名か団体コードを書いてください"
).fault
"""A row whose cells are all empty, or that names a prefecture where a municipality is needed."""


def address_alone(address_is_given: bool) -> BodyFault:
    """Return the fault of a row without municipality and code; an address may not have helped."""
    if not address_is_given:
        return MISSING
    mend = "住所を都道府県名から書くか、市区町村名か団体コードを書いてください"
    return BodyFault(Role.MUNICIPALITY, "市区町村がなく、住所からも決められません", mend)


def quoted(text: str) -> str:
    """Return a cell's text in 「」, on one line and shortened."""
    line = " ".join(text.split())
    return f"「{line[:MOST_REPEATED]}{'…' if len(line) > MOST_REPEATED else ''}」"


def name_problem(printed: str, named: Area | None, area: Area) -> str:
    """Return why a name was changed into the official one; `named` is the area that the cell wrote, perhaps ended or a ward."""
    if not printed:
        return "市区町村を補いました"
    if area.kind is AreaKind.PREFECTURE:
        return "都道府県そのものとして扱います"
    if named is not None and named.kind is AreaKind.WARD:
        return "行政区を市にまとめました"
    if named is not None and not named.is_current and named.name != area.name:
        return "いまの市区町村名にしました"
    if len(printed) > len(area.name) and printed.endswith(area.name):
        return "都道府県・郡を分けました"
    return "市区町村を正式な名前にしました"


def code_problem(printed: str, area: Area) -> str:
    """Return why a code was changed into the five digits of an area."""
    digits = code_digits(printed)
    if not digits:
        return "団体コードを空欄として扱います"
    if digits in (code6_of(area.code)[1:], area.code[1:]):
        return "団体コードの先頭の0を補いました"
    if area.code in digits:
        return "団体コードの書き方を直しました"
    return "団体コードをこの市区町村のものにしました"


def prefecture_problem(printed: str) -> str:
    """Return why a prefecture was changed."""
    return "都道府県を正式な名前にしました" if printed else "都道府県を補いました"
