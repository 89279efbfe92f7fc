"""The closed lists of the address: every choice that a user has, and the values it may take.

A list of the database (years, areas, documents …) is no closed list of the code: see `scope.Choices`.
"""

from enum import StrEnum


class TimeView(StrEnum):
    """当年度 (the year's programme list) or 累計 (ever, up to the end of that year)."""

    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class CountingRule(StrEnum):
    """狭義 = A+B, 標準 = A+B+C, 広義 = A–D."""

    STRICT = "strict"
    STANDARD = "standard"
    INCLUSIVE = "inclusive"


class Language(StrEnum):
    """Languages of the words files."""

    JA = "ja"
    EN = "en"


class Layer(StrEnum):
    """What the map shows: coverage, points on top of it, or one measure of need."""

    COVERAGE = "coverage"
    GRANTS = "grants"
    PLACES = "places"
    POPULATION = "population"
    AGEING = "ageing"
    SINGLE = "single"


NEED_LAYERS = frozenset({Layer.POPULATION, Layer.AGEING, Layer.SINGLE})
"""Measures of the census: they have nothing to do with the fiscal year or the lists in view."""


class DataTab(StrEnum):
    """Parts of the page データと出典."""

    TABLES = "tables"
    DOCUMENTS = "documents"
    RECONCILIATION = "reconciliation"
    NAMES = "names"
    LICENCES = "licences"
    IMPORT = "import"


class FileKind(StrEnum):
    """Kinds of lists that the import check reads."""

    PLATFORMS = "platforms"
    GRANTEES = "grantees"
    PLACES = "places"
    SOURCES = "sources"
    BOUNDARIES = "boundaries"
    PDF = "pdf"


class Panel(StrEnum):
    """What a page shows only when it is opened.

    The map's table, that of a second map, all its municipalities, the whole ranking, the places; of the trend the table of
    the years, the build-up and what differs between two maps. When comparing: the map to
    choose from, how areas are alike, the table of the scatter, and all municipalities of the prefecture.
    """

    TABLE = "table"
    SECOND = "second"
    ROWS = "rows"
    RANKING = "ranking"
    PLACES = "places"
    YEARS = "years"
    PLAY = "play"
    DIFFERENCE = "difference"
    CHOOSER = "chooser"
    ALIKE = "alike"
    POINTS = "points"
    MUNICIPALITIES = "municipalities"


class ProofKind(StrEnum):
    """What the evidence is shown of. The first four belong to the cards and have no subject.

    The others name theirs after a dot: `area.13101`, `state.13000.D`, `uncovered.13000`, `list.2023`, `total.<total_id>`.
    """

    MUNICIPALITIES = "municipalities"
    PREFECTURES = "prefectures"
    PEOPLE = "people"
    CHANGE = "change"
    AREA = "area"
    STATE = "state"
    UNCOVERED = "uncovered"
    LIST = "list"
    TOTAL = "total"


class Need(StrEnum):
    """Measures of need that areas are compared by."""

    AGEING = "ageing"
    SINGLE = "single"
    POPULATION = "population"


class Supply(StrEnum):
    """What there is, as areas are compared by it: the way to the nearest participant, people covered, places, grants."""

    DISTANCE = "distance"
    COVERED = "covered"
    PLACES = "places"
    GRANTS = "grants"


class Reach(StrEnum):
    """How far partners are looked for: within so many kilometres, or the nearest so many."""

    KM5 = "5km"
    KM10 = "10km"
    KM20 = "20km"
    KM50 = "50km"
    NEAREST10 = "nearest10"
    NEAREST30 = "nearest30"
    NEAREST100 = "nearest100"


class Offer(StrEnum):
    """Kinds of partners: a body that takes part, a grantee, a place."""

    PLATFORM = "platform"
    GRANTEE = "grantee"
    PLACE = "place"


class PlaceStatus(StrEnum):
    """What a list says of a place."""

    LISTED = "listed"
    OPEN = "open"
    UNCLEAR = "unclear"
    CLOSED = "closed"


class Unknown(StrEnum):
    """Whether partners stay in sight of which the sources do not say what a filter asks."""

    WITH = "with"
    WITHOUT = "without"


class Block(StrEnum):
    """The eight regional blocks of Japan."""

    HOKKAIDO = "hokkaido"
    TOHOKU = "tohoku"
    KANTO = "kanto"
    CHUBU = "chubu"
    KINKI = "kinki"
    CHUGOKU = "chugoku"
    SHIKOKU = "shikoku"
    KYUSHU = "kyushu"


class Colouring(StrEnum):
    """Colour, or black and white with patterns."""

    COLOUR = "colour"
    MONO = "mono"


class PaperKind(StrEnum):
    """What files are drawn for: a 16:9 slide, or a poster with large type."""

    SLIDE = "slide"
    A3 = "a3"


class SheetKind(StrEnum):
    """The pages of a deck, in their order."""

    COVER = "cover"
    YEAR = "year"
    BUILD_UP = "build_up"
    TREND = "trend"
    PREFECTURES = "prefectures"
    GAPS = "gaps"
    DEFINITIONS = "definitions"
    EVIDENCE = "evidence"


class Outgoing(StrEnum):
    """Formats in which pages leave the atlas."""

    PPTX = "pptx"
    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    XLSX = "xlsx"
    CSV = "csv"
