"""What a map page rests on: its sources, the lines at its foot, what is read aloud and the evidence of every body."""

from math import inf

from dashboard.annual.body_names import full_name, one_line, shortened
from dashboard.annual.maps.legend import none_or_unlisted, round_label, statements
from dashboard.annual.maps.subject import Entry, Subject
from dashboard.annual.maps.telling import SIGNS
from dashboard.annual.setting import Setting
from dashboard.annual.text_width import text_width
from dashboard.words import Words


def sources(setting: Setting, subject: Subject, *, size: float = 1.0, width: float = inf) -> str:
    """Return the document of the latest list with its date, and how many more lists and bodies are cited from.

    The title is cut where the sentence of `size` points would else be wider than `width`; its date never is.
    """
    words = setting.words
    if not subject.registered:
        return words.text("annual.source_none")
    latest = subject.registered[-1]
    cited = {listed.source_id for listed in subject.registered}
    cited |= {entry.body.source_id for entry in (*subject.entries, *subject.partners)}

    def told(document: str) -> str:
        dated = words.text("annual.dated", document=document, date=latest.as_of) if latest.as_of else document
        source = words.text("annual.source", document=dated)
        return words.text("annual.source_more", source=source, n=len(cited) - 1) if len(cited) > 1 else source

    room = max(width - text_width(told(""), size), 0.0)
    return told(shortened(latest.document, size, room))


def footnotes(setting: Setting, subject: Subject) -> tuple[str, ...]:
    """Return the lines at the foot of a page: source, definition, boundaries, build."""
    facts, words = setting.facts, setting.words
    return (
        sources(setting, subject),
        words.text("annual.definition"),
        words.text("annual.boundaries", credit=one_line(facts.credit)),
        words.text("annual.build", build=facts.build_id, date=words.date(facts.built_on.isoformat())),
    )


def alt(setting: Setting, subject: Subject, title: str) -> str:
    """Return the finding of a map page in one or two sentences."""
    told = " ".join(statements(setting, subject)) if subject.entries else none_or_unlisted(setting, subject)
    return setting.words.text("annual.alt", title=title, told=told)


def notes(setting: Setting, subject: Subject, title: str) -> tuple[str, ...]:
    """Return the evidence: the finding, how far it is known, and a line for each body on the page."""
    words = setting.words
    lines = [title, *statements(setting, subject), sources(setting, subject)]
    lines += [_note(words, entry) for entry in subject.entries]
    lines += [words.text("annual.note_partner", note=_note(words, entry)) for entry in subject.partners]
    return tuple(lines)


def _note(words: Words, entry: Entry) -> str:
    body = entry.body
    parts = [one_line(body.document), one_line(body.locator)]
    if body.decided_on or body.cohort:
        decided = body.decided_on.isoformat() if body.decided_on else ""
        parts.append(round_label(words, body.cohort, decided))
    if body.is_likely:
        parts.append(words.text("annual.likely"))
    facts = words.text("comma").join(part for part in parts if part)
    return words.text("annual.note", sign=SIGNS[body.body_class], name=full_name(body, words), facts=facts)
