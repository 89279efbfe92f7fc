# ruff: noqa: E501  the texts stand as they are printed
"""Whom something is for, by every text that the tables print: the group each names, and no other."""

import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
EXPECTED = {
    "10:30~11:30は、施設のイベントにご参加ください。食事の開始は11:30~です。10:30に来られない場合は、途中参加も可能です。（ただし、予約している方に限ります）": "",
    "コロナ感染症予防のため現在はお弁当配布、予約制で行っています。": "",
    "一時的かつ緊急で必要とする場合に食糧支援を行っています。ご利用には事前の申し込みが必要です。詳しくはウェブサイト内「フードバンク石神井」のページをご覧ください。": "",
    "児童の保護者は対象外": "",
    "地域の居場所の利用者": "",
    "基本的に保護者同伴でお願いします。": "",
    "小学生のお子様のお迎えは、20:00までにお願いします。": "",
    "居場所をなくした人": "",
    "毎回パンとおかずの食事がでます（ご飯は出ません）。ハラール対応可能（事前予約が必要です）。": "",
    "特例としてお弁当での提供の時もあります。": "",
    "高校生は対象外": "",
    "どなたでも": "anyone",
    "どなた（年齢その他無関係に）でもご利用できます。": "anyone",
    "世代・障がいの有無を問わず": "anyone",
    "参加条件なし": "anyone",
    "多世代": "anyone",
    "子どもから高齢者まで": "anyone",
    "子ども・大人・障害の有無問わず、どなたでも利用できます。": "anyone",
    "孤独感を持つ多世代": "anyone",
    "誰でも": "anyone",
    "誰でもどうぞ": "anyone",
    "中高生": "children",
    "地域の子どもたちが対象です。大人は同伴の保護者限定です。ボランティアは現在募集していません。": "children",
    "子ども・若者": "children",
    "孤食をしている小学生、中学生が対象で、事前に保護者の申し込み・同意書が必要です": "children",
    "対象は子どものみ": "children",
    "小学生": "children",
    "小学生のみ": "children",
    "小学生のみで利用可（初回、保護者同伴で承認が必要）。低学年で一人での利用に際してのお迎えは、保護者または指定の方でお願いします。": "children",
    "小学生まで": "children",
    "生きづらさを抱えた子ども": "children",
    "社会的養護を離れた若者(ケアリーバー)": "children",
    "近隣居住の小学生を対象としています": "children",
    "困難を抱える家庭の親子を対象としています。": "children families",
    "小学生とその家族": "children families",
    "当団体は不登校・行き渋りの子どもと保護者、支える人の居場所です。食堂の参加は、子どもと保護者に限らせていただいております。": "children families",
    "支援が届きにくい親子": "children families",
    "未就学児や小学生と、その保護者が対象です。小学生が1人でも入れる食堂ですが、お迎えは保護者または指定の方でお願いします。": "children families",
    "親子・地域の子ども": "children families",
    "高校生までのお子さまとその家族": "children families",
    "子ども・若者(シングルマザー家庭、ヤングケアラー、社会的養護施設出身者など)": "children families women",
    "高齢者・学生・子ども": "children older",
    "こども・ヤングケアラー・DV被害者の支援団体": "children organisations",
    "ひとり親家庭": "families",
    "高齢者・ひとり親世帯・障がい者の居場所を作るNPO等": "families older disability organisations",
    "パントリー（食品に困窮されている子育て家庭全般対象）無料ですが、三密回避のため事前申込み等が必要です。https://cfs.tokyoのHPから申込みをお願いします。": "families poverty",
    "フードパントリー（困窮されている子育て家庭対象）は無料ですが、事前申し込み等が必要です。HPからお問合せください。": "families poverty",
    "・ひとり親、生活に困りごとのある世帯・現在新規受付は行っていない": "families poverty",
    "生活困窮家庭、母子家庭等中心": "families poverty women",
    "高齢者・障がい者": "older disability",
    "高齢者・障がい者ほか多世代": "older disability anyone",
    "中年・シニア世代(特に男性)": "older men",
    "地域の高齢男性ほか": "older men",
    "定年後の男性ほか": "older men",
    "男性シニア": "older men",
    "近隣の方対象。一人暮らし高齢者等福祉的支援を必要とする方も可。": "older residents",
    "中小規模NPO・地縁団体": "organisations",
    "居場所づくりに取り組む団体(5団体を支援)": "organisations",
    "居場所づくりを始める団体": "organisations",
    "居場所事業に取り組む団体": "organisations",
    "支援団体": "organisations",
    "対象は会場から5km圏内の生活困窮世帯で、すべての支援はその方々に限ります。": "poverty",
    "地域の人の居場所として多くの人に開放しています。": "residents",
    "地域住民": "residents",
    "時間帯が遅いため、近隣の方を対象としています。": "residents",
    "食堂は光が丘2丁目住民を対象に開催しています。必要な方は、他地域からでも参加可能です。": "residents",
}
"""Printed text → ids of its groups, read by a person; "" where the text is not about whom, or only says who is left out."""


@pytest.fixture(scope="module")
def named(real: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every printed text of the real tables with the groups that the build found in it."""
    rows = real.execute(
        """WITH said AS (
             SELECT place_id AS id, target_groups AS text FROM place
             UNION ALL SELECT award_id, target_groups FROM grant_award),
           found AS (FROM place_target UNION ALL SELECT award_id, target_id FROM award_target)
           SELECT text, coalesce(string_agg(DISTINCT target_id, ' '), '') FROM said
           LEFT JOIN found ON found.place_id = said.id WHERE text IS NOT NULL GROUP BY text"""
    ).fetchall()
    return dict(rows)


def test_every_printed_text_names_the_groups_that_a_person_reads_in_it(named: dict[str, str]) -> None:
    assert {text: set(groups.split()) for text, groups in named.items()} == {
        text: set(groups.split()) for text, groups in EXPECTED.items()
    }


@pytest.mark.parametrize(
    ("printed", "groups"),
    [
        ("高校生は対象外", set()),
        ("小学生（高校生は対象外）", {"children"}),
        ("高齢者。児童の保護者は対象外", {"older"}),
        ("年齢・障害の有無を問わず", {"anyone"}),
        ("ｼﾆｱの方", {"older"}),
        ("（ＮＰＯ）", {"organisations"}),
        ("<b>子ども</b>'; DROP TABLE place; --", {"children"}),
        ("月2回", set()),
    ],
)
def test_a_clause_names_what_it_says_and_no_more(
    world: Any, database: Any, printed: str, groups: set[str]
) -> None:
    with_words(world)
    world.add("place", place_id="p00001", name="甲の家", kind="居場所", code=world.KO_SHI, status="listed",
              licence="CC BY 4.0", as_of_printed="2026", target_groups=printed)  # fmt: skip
    rows = database(world).execute("SELECT target_id FROM place_target").fetchall()
    assert {target for (target,) in rows} == groups


def with_words(world: Any) -> None:
    """Give a small world the vocabulary of the real tables."""
    with (DATA / "target_groups.csv").open(encoding="utf-8", newline="") as groups:
        world.rows["target_group"] = list(csv.DictReader(groups))
    with (DATA / "target_terms.csv").open(encoding="utf-8", newline="") as terms:
        world.rows["target_term"] = list(csv.DictReader(terms))
