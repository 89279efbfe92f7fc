"""Personal data is not taken in: found by the headings of a list, and by what stands in the cells that would be loaded.

The notice of 2024-02-02 says that platforms do not handle the personal data of single cases. A list with such columns is refused
as a whole; a row with such a cell is held back; and no message, log or stored row repeats what stood there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.columns import where
from etl.intake.facts import Kind
from etl.intake.layouts import normal
from etl.intake.report import Indices, RejectedError

LONGEST_TOLD = 60
MASK = "［個人情報のおそれがあるため伏せました］"

# Parts of a (normal) heading under which only data about a person can stand.
_OF_PERSONS = re.compile(
    "氏名|生年月日|誕生日|担当者|世帯主|続柄|個人番号|マイナンバー|保険証|病名|病歴|既往歴|障害等級|障がい等級|要介護度|要支援度"
    "|生活保護|家族構成|家族状況|国籍|口座|勤務先|緊急連絡|携帯|相談内容|相談者|相談記録|相談概要|相談履歴|支援経過|支援記録"
    "|手帳番号|保険者番号|世帯番号|利用者番号|利用者id|ケース番号|訪問記録|本人の"
    "|利用者名|参加者名|会員名|対象者名|職員名|代表者名|代表者$|責任者名|管理者名|施設長名|園長名|理事長名|保護者名|児童名"
    "|personname|fullname|firstname|lastname|birthda|dateofbirth"
)
_WHOLE_OF_PERSONS = frozenset(
    {"年齢", "性別", "名前", "お名前", "姓", "名", "姓名", "フリガナ(氏名)", "sex", "gender", "age"}
)
# Telephone and mail: of an organisation in a list of places, of the person in charge in any other list.
_CONTACTS = re.compile("電話|^tel|[^o]tel$|fax|メール|mail|phone|mobile|携帯")

# Full-width signs are read as well; RE2 knows no look-around, so what may follow an age is listed.
_DIGIT = "[0-9０-９]"
_GAP = "[-‐‑–—−－ー―.・ 　()（）]{0,2}"
_MOBILE = f"(?:^|[^0-9０-９])(?:[+＋]81{_GAP}[0０]?|[0０])[6-9６-９][0０]{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}(?:[^0-9０-９]|$)"
_MAIL_SIGN = r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９._%+\-]"
_AT = r"(?:@|＠|\[at\]|\(at\)|（at）|［at］|☆|★)"
_MAIL = rf"{_MAIL_SIGN}+{_AT}[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]+(?:\.|．)[A-Za-zＡ-Ｚａ-ｚ]"
_NOT_A_LIMIT = "(?:[^0-9０-９以未まか代〜～\\-ー]|$)"
_AGE = f"{_DIGIT}{{1,3}}[ 　]?[歳才]"
_BETWEEN = "[・、,，/／（(の 　]{0,3}"
_PERSON = "|".join(
    (
        "(?:相談者|利用者|対象者|支援対象者|被支援者|クライエント|ケース|事例|患者)[ 　]?[A-ZＡ-Ｚ](?:[^A-Za-zＡ-Ｚ]|$)",
        f"{_AGE}{_BETWEEN}(?:男|女)(?:[^男女]|$)",
        f"(?:男性|女性|男児|女児|男子|女子){_BETWEEN}{_AGE}{_NOT_A_LIMIT}",
        f"(?:独居|一人暮らし|ひとり暮らし|単身)(?:の)?{_BETWEEN}{_AGE}{_NOT_A_LIMIT}",
        f"{_AGE}{_BETWEEN}(?:独居|一人暮らし|ひとり暮らし|単身)",
        "(?:氏名|本名|生年月日|携帯番号|個人番号|マイナンバー)[ 　]*[:：]",
        f"(?:個人番号|マイナンバー)[はが 　]*(?:{_DIGIT}[- －　]?){{12}}",
        "(?:昭和|平成|令和|[SHＳＨ])[ 　]?[0-9０-９]{1,2}[年./][ 　]?[0-9０-９]{1,2}[月./][ 　]?[0-9０-９]{1,2}日?生(?:まれ)?",
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of personal data in a cell: what is said of it, and its pattern (RE2 and Python read it alike)."""

    says: str
    pattern: str


RULES = (
    Rule("携帯電話番号とみられる記載があります", _MOBILE),
    Rule("メールアドレスとみられる記載があります", _MAIL),
    Rule("個人についての記載とみられます", _PERSON),
)
MEND = "個人の情報を消してから渡してください（値はここに表示しません）"
_ANY = re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES))


def is_personal_heading(heading: str) -> bool:
    """Whether only data about a person can stand under a heading."""
    key = normal(heading)
    return key in _WHOLE_OF_PERSONS or _OF_PERSONS.search(key) is not None


def is_contact_heading(heading: str) -> bool:
    """Whether a telephone number, a fax number or a mail address stands under a heading."""
    return _CONTACTS.search(normal(heading)) is not None


def refuse_personal_headings(headings: Sequence[str], kind: Kind, row: int) -> None:
    """Refuse a list with columns about persons, naming every one of them.

    Raises:
        RejectedError: there is such a column, or a column of telephone or mail in a list that is not of places.
    """
    persons = [heading for heading in headings if is_personal_heading(heading)]
    contacts = [
        heading for heading in headings if is_contact_heading(heading) and not is_personal_heading(heading)
    ]
    if not persons and (kind is Kind.PLACES or not contacts):
        return
    found = [heading for heading in headings if heading in persons or heading in contacts]
    names = "、".join("".join(heading.split()) for heading in found)
    problem = f"{names} は個人情報の列です。個人情報は取り込みません"
    raise RejectedError(
        problem,
        "これらの列を消してからもう一度渡してください",
        row=row,
        column=found[0] if found[1:] == [] else "",
    )


def personal_cells(column: pa.StringArray) -> Mapping[str, Indices]:
    """Return, for each rule that any cell breaks, the indices of those cells."""
    # One look for all rules together; which of them is broken is asked of the cells that break any.
    suspects = where(lambda part: pc.match_substring_regex(part, _ANY.pattern), column)
    if not len(suspects):
        return {}
    texts = column.take(pa.array(suspects))
    hits = {rule.says: pc.match_substring_regex(texts, rule.pattern) for rule in RULES}
    found = {says: suspects[each.to_numpy(zero_copy_only=False)] for says, each in hits.items()}
    return {says: indices for says, indices in found.items() if len(indices)}


def personal_numbers(column: pa.StringArray) -> Mapping[str, Indices]:
    """Return the cells of a column of numbers that are telephone numbers or mail addresses as a whole.

    Part of a number with many digits may look like a telephone number by chance.
    """
    suspects = where(lambda part: pc.match_substring_regex(part, f"{_MOBILE}|{_MAIL}"), column)
    is_decimal = pc.match_substring_regex(column.take(pa.array(suspects)), r"^\s*[0-9]{1,3}\.[0-9]+\s*$")
    indices = suspects[~is_decimal.to_numpy(zero_copy_only=False)]
    return {"電話番号かメールアドレスとみられる記載があります": indices} if len(indices) else {}


def masked(text: str) -> str:
    """Return a text that may be shown or kept: itself, or the mask where personal data may stand in it."""
    return MASK if _ANY.search(text) else text


def told(text: str) -> str:
    """Return a cell's text as a message may repeat it: on one line, not long, and masked where it may be personal."""
    line = masked(" ".join(text.split()))
    return line if len(line) <= LONGEST_TOLD else line[:LONGEST_TOLD] + "…"
