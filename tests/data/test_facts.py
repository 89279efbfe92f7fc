"""What the tables say: counts that the documents print, and what must never stand in them."""

import re
from collections import Counter

import pytest

Rows = list[dict[str, str]]
Tables = dict[str, Rows]
MUNICIPALITIES = {"designated_city", "core_city", "city", "special_ward", "town", "village"}


def current(tables: Tables, *kinds: str) -> Rows:
    return [row for row in tables["area"] if not row["valid_to"] and row["kind"] in kinds]


def codes(rows: Rows, column: str = "code") -> set[str]:
    return {row[column] for row in rows}


def participants(tables: Tables, year: str) -> Rows:
    return [
        row for row in tables["participation"] if row["fiscal_year"] == year and row["status"] != "partner"
    ]


def check_digit(code: str) -> str:
    weighted = sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=True))
    return str(11 - weighted % 11)[-1] if weighted >= 11 else str(11 - weighted)


def test_47_prefectures_1741_municipalities_and_6_northern_villages(tables: Tables) -> None:
    assert len(current(tables, "prefecture")) == 47
    assert len(current(tables, *MUNICIPALITIES)) == 1741
    assert len(current(tables, "designated_city")) == 20
    assert len(current(tables, "special_ward")) == 23
    assert len(current(tables, "northern_village")) == 6


def test_a_current_code_names_one_area(tables: Tables) -> None:
    rows = [row for row in tables["area"] if not row["valid_to"]]
    assert len(codes(rows)) == len(rows)


def test_check_digits_are_right(tables: Tables) -> None:
    assert [
        row["name"] for row in tables["area"] if row["code6"] != row["code"] + check_digit(row["code"])
    ] == []


def test_codes_begin_with_their_prefecture_and_wards_lie_in_designated_cities(tables: Tables) -> None:
    cities = codes(current(tables, "designated_city"))
    for row in tables["area"]:
        assert row["code"].startswith(row["prefecture_code"])
        assert (row["parent_code"] in cities) == (row["kind"] == "ward"), row["name"]


def test_ended_areas_lead_to_current_ones(tables: Tables) -> None:
    ended = [row for row in tables["area"] if row["valid_to"]]
    living = codes([row for row in tables["area"] if not row["valid_to"]])
    assert {row["name"] for row in ended} >= {"篠山市", "那珂川町", "浜北区"}
    for row in ended:
        assert set(row["successors"].split(";")) <= living, row["name"]
        assert row["population"] == "", row["name"]


@pytest.mark.parametrize(
    ("column", "total"),
    [("population", 126_146_099), ("households", 55_830_154), ("population_65plus", 35_335_805)],
)
def test_municipalities_sum_to_the_census_of_2020(tables: Tables, column: str, total: int) -> None:
    assert sum(int(row[column]) for row in current(tables, *MUNICIPALITIES)) == total
    assert {row[column] for row in current(tables, "prefecture")} == {""}


def test_single_households_are_unknown_in_exactly_45_municipalities(tables: Tables) -> None:
    unknown = [row for row in current(tables, *MUNICIPALITIES) if not row["single_households"]]
    elsewhere = {row["name"] for row in unknown if row["prefecture_code"] != "47"}
    assert len(unknown) == 45
    assert elsewhere == {"知名町", "与論町", "双葉町", "浜松市"}


def test_fiscal_2022_is_29_bodies_12_and_17_in_rounds_of_18_and_11(tables: Tables) -> None:
    rows = participants(tables, "2022")
    upper = codes(current(tables, "prefecture", "designated_city"))
    parts = Counter((row["cohort"], row["code"] in upper) for row in rows)
    assert len(rows) == len(codes(rows)) == 29
    assert parts == {("1", True): 9, ("1", False): 9, ("2", True): 3, ("2", False): 8}


def test_fiscal_2023_names_7_of_15_and_fiscal_2024_8_of_14(tables: Tables) -> None:
    lists = {row["fiscal_year"]: row for row in tables["programme_list"]}
    named = {year: len(codes(participants(tables, year))) for year in ("2022", "2023", "2024")}
    assert named == {"2022": 29, "2023": 7, "2024": 8}
    assert [lists[year]["published_total"] for year in ("2022", "2023", "2024")] == ["29", "15", "14"]
    assert [lists[year]["list_state"] for year in sorted(lists)] == [
        "complete",
        *["partial"] * 2,
        *["not_registered"] * 2,
    ]


def test_second_year_bodies_of_2023_took_part_in_2022(tables: Tables) -> None:
    continuing = [row for row in participants(tables, "2023") if row["status"] == "continuing"]
    assert codes(continuing) == {"01000", "01230", "31201", "40100"} <= codes(participants(tables, "2022"))


def test_partners_of_a_joint_project_are_likely_and_no_participants(tables: Tables) -> None:
    partners = [row for row in tables["participation"] if row["status"] == "partner"]
    assert codes(partners) == {"14213", "14215", "14218"}
    assert {row["confidence"] for row in partners} == {"likely"}
    assert codes(partners).isdisjoint(codes(participants(tables, "2024")))


def test_ambiguous_names_are_decided_openly(tables: Tables) -> None:
    fuchu = [row for row in tables["participation"] if row["name_printed"] == "府中市"]
    assert [(row["code"], row["confidence"]) for row in fuchu] == [("34208", "likely")]
    assert codes([row for row in tables["participation"] if row["name_printed"] == "熊本市"]) == {"43100"}


def test_printed_names_are_the_names_of_their_codes(tables: Tables) -> None:
    names = {row["code"]: row["name"] for row in tables["area"] if not row["valid_to"]}
    assert [row for row in tables["participation"] if names[row["code"]] != row["name_printed"]] == []


def test_no_platform_stands_twice_and_parts_never_stand_alone(tables: Tables) -> None:
    whole = [row for row in tables["platform"] if row["kind"] != "regional_part"]
    parts = [row for row in tables["platform"] if row["kind"] == "regional_part"]
    assert len(codes(whole, "lead_code")) == len(whole)
    assert codes(parts, "lead_code") == {"01000"} <= codes(whole, "lead_code")


def test_establishment_is_never_guessed(tables: Tables) -> None:
    years = {
        row["lead_code"]: row["established_year"]
        for row in tables["platform"]
        if row["kind"] != "regional_part"
    }
    assert [years[code] for code in ("20000", "04000", "28201", "22000")] == ["", "", "", "2023"]
    forming = [row for row in tables["platform"] if row["status"] == "forming"]
    assert codes(forming, "lead_code") == {"09000"}
    for row in tables["platform"]:
        if row["established_on"]:
            year, month, _ = map(int, row["established_on"].split("-"))
            assert row["established_year"] == str(year - (month < 4))


@pytest.mark.parametrize(
    ("platform", "count", "status", "disputed"),
    [
        ("pf-21000", 42, "confirmed", "false"),
        ("pf-11000", 63, "confirmed", "true"),
        ("pf-31201", 6, "planned", "false"),
    ],
)
def test_members_of_a_platform(tables: Tables, platform: str, count: int, status: str, disputed: str) -> None:
    rows = [row for row in tables["platform_member"] if row["platform_id"] == platform]
    assert len(rows) == count
    assert {(row["status"], row["is_disputed"]) for row in rows} == {(status, disputed)}


@pytest.mark.parametrize(("platform", "prefecture"), [("pf-21000", "21"), ("pf-11000", "11")])
def test_all_municipalities_of_the_prefecture_are_members(
    tables: Tables, platform: str, prefecture: str
) -> None:
    members = codes(
        [row for row in tables["platform_member"] if row["platform_id"] == platform], "member_code"
    )
    municipalities = [row for row in current(tables, *MUNICIPALITIES) if row["prefecture_code"] == prefecture]
    assert members == codes(municipalities)


def test_both_sides_of_a_dispute_are_kept(tables: Tables) -> None:
    sides = Counter(
        (row["platform_id"], row["topic"])
        for row in tables["platform_statement"]
        if row["is_disputed"] == "true"
    )
    assert sides == {
        ("pf-06201", "name"): 2,
        ("pf-11000", "membership"): 2,
        ("pf-38000", "base"): 2,
        ("pf-40100", "secretariat"): 2,
    }


def test_ten_base_model_awards_of_which_five_are_nationwide(tables: Tables) -> None:
    awards = [row for row in tables["grant_award"] if row["programme_id"] == "base_model_2023"]
    assert [row["number_printed"] for row in awards] == [str(number) for number in range(1, 11)]
    assert sum(row["scope"] == "nationwide" for row in awards) == 5


def test_re_grants_never_count(tables: Tables) -> None:
    for row in tables["grant_award"]:
        assert (row["is_counted"] == "false") == (row["tier"] == "regrant"), row["award_id"]


def test_areas_of_an_award_agree_with_its_scope(tables: Tables) -> None:
    kinds = {row["code"]: row["kind"] for row in tables["area"] if not row["valid_to"]}
    areas: dict[str, Rows] = {}
    for row in tables["grant_area"]:
        areas.setdefault(row["award_id"], []).append(row)
        expected = {"nationwide": {""}, "prefecture": {"prefecture"}, "municipality": MUNICIPALITIES}[
            row["scope"]
        ]
        assert kinds.get(row["code"], "") in expected, row
    for award in tables["grant_award"]:
        scopes = {row["scope"] for row in areas.get(award["award_id"], [])}
        assert (scopes == {"nationwide"}) == (award["scope"] == "nationwide")
        assert (not scopes) == (award["scope"] == "not_stated"), award["award_id"]


def test_the_published_totals_are_all_there_and_add_up(tables: Tables) -> None:
    rows = tables["control_total"]
    assert {int(row["value"]) for row in rows} >= {
        3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 15, 17, 18, 24, 29, 30, 40, 42, 54, 56, 118, 152, 173, 243, 385, 458, 687,
    }  # fmt: skip
    for row in rows:
        if row["formula_printed"]:
            total, parts = row["formula_printed"].split(" = ")
            assert int(total) == sum(map(int, parts.split(" + ")))
            assert row["value"] in re.findall(r"[0-9]+", row["formula_printed"])


def test_the_figure_that_contradicts_the_list_is_never_used_as_a_control(tables: Tables) -> None:
    conflicts = [row for row in tables["control_total"] if row["expects"] == "conflict"]
    assert {row["value"] for row in conflicts} == {"30", "10", "20"}
    assert {row["source_id"] for row in conflicts} == {"w-tsukumi-23569"}


def test_rates_that_contradict_their_page_are_marked(tables: Tables) -> None:
    marked = [row for row in tables["national_context"] if row["is_reconcilable"] == "false"]
    assert len(marked) == 7
    assert {row["as_of_printed"][:7] for row in marked} == {"2022-12"}


def test_every_place_states_a_licence_and_lies_in_a_known_area(tables: Tables) -> None:
    places = tables["place"]
    kinds = {row["code"]: row["kind"] for row in tables["area"] if not row["valid_to"]}
    assert len(places) == 1538
    assert [row["place_id"] for row in places if not row["licence"]] == []
    without = [row for row in places if kinds[row["code"]] not in MUNICIPALITIES]
    assert (len(without), codes(without)) == (13, {"13000"})


def test_a_place_has_both_coordinates_with_their_origin_or_none(tables: Tables) -> None:
    for row in tables["place"]:
        assert len({bool(row[column]) for column in ("lat", "lon", "coordinate_source")}) == 1, row[
            "place_id"
        ]


def test_ward_codes_lie_in_the_stated_city(tables: Tables) -> None:
    parents = {row["code"]: row["parent_code"] for row in tables["area"] if not row["valid_to"]}
    assert [
        row for row in tables["place"] if row["ward_code"] and parents[row["ward_code"]] != row["code"]
    ] == []


def test_no_personal_data_stands_in_any_table(tables: Tables) -> None:
    telephone = re.compile(
        r"(?<![0-9])[0０][0-9０-９]{1,4}[-‐－ー―()（）][0-9０-９]{1,4}[-‐－ー―()（）][0-9０-９]{3,4}(?![0-9])"
    )
    mobile = re.compile(r"(?<![0-9])0[5789]0[0-9]{8}(?![0-9])")
    mail = re.compile(r"[\w.+-]+[@＠][\w-]+\.\w+")
    found = [
        (name, cell)
        for name, rows in tables.items()
        for row in rows
        for cell in row.values()
        if telephone.search(cell) or mobile.search(cell) or mail.search(cell)
    ]
    assert found == []


def test_no_editing_mark_stands_in_any_table(tables: Tables) -> None:
    workshop = re.compile(r"省略\]|\.txt\b|\bTODO\b", re.IGNORECASE)
    found = [
        (name, cell)
        for name, rows in tables.items()
        for row in rows
        for column, cell in row.items()
        if column != "url" and workshop.search(cell)
    ]
    assert found == []
