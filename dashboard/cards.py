"""The four numbers of the overview: what is counted big, its denominator and the other rules beside it, its evidence."""

import streamlit as st

from dashboard import parts
from dashboard.closed_lists import CountingRule, ProofKind
from dashboard.figures import Figures
from dashboard.markup import Part, join, tag
from dashboard.view import View


def cards(view: View, now: Figures) -> None:
    """Draw the four numbers."""
    drawn = (
        (ProofKind.MUNICIPALITIES, _municipality_card),
        (ProofKind.PREFECTURES, _prefecture_card),
        (ProofKind.PEOPLE, _people_card),
        (ProofKind.CHANGE, _change_card),
    )
    for column, (kind, draw) in zip(st.columns(4, gap="small"), drawn, strict=True):
        with column, st.container(key=f"card-{kind}"):
            draw(view, now)


def _card(
    view: View,
    kind: ProofKind,
    title: str,
    value: str | None,
    *,
    before: str = "",
    beside: str = "",
    below: str = "",
) -> None:
    """Draw one number that opens its evidence, and below it a link that says so."""
    name = view.text("card.evidence_of", name=title)
    number = value if value is None else view.proof(value, kind, named=f"{title} {value}")
    evidence = view.proof(view.text("card.evidence"), kind, named=name)
    about: list[Part] = [tag("span", below) if below else None, tag("span", evidence, class_="card-proof")]
    parts.figure(title, number, before=before, beside=beside, below=join(about))


def _municipality_card(view: View, now: Figures) -> None:
    count = now.municipalities
    shown = count.by(view.scope.rule)
    rule = view.text(f"rule.{view.scope.rule}")
    _card(
        view,
        ProofKind.MUNICIPALITIES,
        view.text("card.municipalities", rule=rule),
        None if now.is_unlisted else f"{shown:,}",
        before=_at_least(view, now),
        beside=_of(view, now, shown, count.total),
        below=""
        if now.is_unlisted
        else _other_rules(view, {rule: f"{count.by(rule):,}" for rule in CountingRule}),
    )


def _prefecture_card(view: View, now: Figures) -> None:
    if view.scope.prefecture:
        word = "none" if now.is_unlisted else ("yes" if now.prefectures else "no")
        _card(
            view,
            ProofKind.PREFECTURES,
            view.text("card.own"),
            view.text(f"card.own_{word}"),
            below=view.area_name(view.scope.prefecture_area),
        )
    else:
        rest = view.text("card.unconfirmed", count=now.prefecture_total - now.prefectures)
        any_of = view.text(
            "card.without_any",
            count=len(now.without_any),
            people=view.words.people(sum(now.without_any.values())),
        )
        _card(
            view,
            ProofKind.PREFECTURES,
            view.text("card.prefectures"),
            None if now.is_unlisted else f"{now.prefectures}",
            before=_at_least(view, now),
            beside=_of(view, now, now.prefectures, now.prefecture_total),
            below="" if now.is_unlisted else view.words.joined("apart", (rest, any_of)),
        )


def _people_card(view: View, now: Figures) -> None:
    shown = now.people.by(view.scope.rule)
    others = {rule: view.words.people(now.people.by(rule)) for rule in CountingRule}
    _card(
        view,
        ProofKind.PEOPLE,
        view.text("card.people", rule=view.text(f"rule.{view.scope.rule}")),
        None if now.is_unlisted else view.words.people(shown),
        before=_at_least(view, now),
        beside=_of(view, now, shown, now.people.total, view.words.people(now.people.total)),
        below="" if now.is_unlisted else _other_rules(view, others),
    )


def _change_card(view: View, now: Figures) -> None:
    change = now.change
    if change is None:
        first = view.scope.year == view.store.years[0]["fiscal_year"]
        reason = "own_none" if now.is_unlisted else "change_first" if first else "change_unknown"
        _card(view, ProofKind.CHANGE, view.text("card.change"), None, below=view.text(f"card.{reason}"))
    else:
        split = view.text(
            "card.change_split",
            prefectures=f"{change.prefectures:+}",
            municipalities=f"{change.municipalities:+}",
        )
        _card(
            view,
            ProofKind.CHANGE,
            view.text("card.change"),
            f"{change.prefectures + change.municipalities:+}",
            before=_at_least(view, now),
            below=split,
        )


def _at_least(view: View, now: Figures) -> str:
    """Counts of years whose list is registered in part read 少なくとも."""
    return (
        view.text("headline.at_least")
        if now.is_at_least and not now.is_unlisted and now.municipalities.strict
        else ""
    )


def _of(view: View, now: Figures, part: int, whole: int, written: str = "") -> str:
    """The denominator stands beside every count; the share only where there is a list to count in."""
    share = "" if now.is_unlisted else view.words.share(part, whole)
    return view.words.joined("apart", (view.text("card.of", total=written or f"{whole:,}"), share))


def _other_rules(view: View, values: dict[CountingRule, str]) -> str:
    """Strict is shown big, the others small beside it; whichever rule is chosen, the other two stay in sight."""
    others = (rule for rule in values if rule != view.scope.rule)
    return view.words.joined("apart", (f"{view.text(f'rule.{rule}')} {values[rule]}" for rule in others))
