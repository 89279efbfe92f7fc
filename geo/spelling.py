"""One key for the many ways to write the same name: characters, not meanings.

`plain` undoes what computers do to a text (width, composition, spaces, variation selectors and other invisible signs) and the
free choice of ヶ, ケ, ヵ and が. `fold` also reads an old or variant form of a character as its standard form. A
different character that is only often confused (亶 for 亘, 釜 for 竈, 斑 for 班) is no variant: such a
spelling is a fact about one document and belongs to the tables of corrections or aliases.
"""

import re
import unicodedata
from functools import lru_cache

# Standard form first, then its other forms: 旧字体, most of them printed in brackets by 常用漢字表 (平成22年
# 内閣告示第2号), then 異体字 that registers and old documents use for the same character. Each group is here
# because a current municipality, county, ward or prefecture is written with one of its forms.
OLD_FORMS = """
    竜龍 沢澤 浜濱濵 滝瀧 荘莊 塩鹽 与與 壱壹 条條 穂穗 隠隱 豊豐 広廣 国國 県縣 桜櫻 栄榮 恵惠
    真眞 徳德 万萬 宝寶 会會 亀龜 寿壽 静靜 関關 辺邊邉 気氣 弥彌 浅淺 瀬瀨 黒黑 緑綠 郷鄕
    総總 摂攝 焼燒 来來 余餘 糸絲 双雙 稲稻 当當 温溫 横橫 芸藝 予豫 蔵藏 台臺 曽曾
    区區 縄繩 児兒 内內 別别 奥奧 帯帶 対對 増增 壮壯 礼禮 軽輕 渋澁 清淸 読讀 剣劍 寝寢 観觀
    楽樂 巻卷 帰歸 狭狹 検檢 巣巢 属屬 択擇 売賣 発發 払拂 並竝 満滿 様樣 恋戀 郎郞 湾灣 産產 彦彥
"""
VARIANT_FORMS = """
    島嶋嶌 崎﨑嵜 高髙 館舘 富冨 籠篭 鰺鯵 砺礪 蘂蕊 梼檮 騨驒 峰峯 倶俱 諫諌 檜桧 竈竃 戸戶 青靑
    吉𠮷 祢禰 淵渕 芦蘆 曳曵 桑桒
"""
VARIANT_GROUPS = tuple((OLD_FORMS + VARIANT_FORMS).split())

# Spaces, zero-width signs, signs that turn the direction of writing, byte order marks, variation selectors.
_DROPPED = re.compile(
    "[\\s\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_KE = str.maketrans("ヶがガヵカ", "ケケケケケ")
# Radicals that PDFs and fonts put in the place of the character, and that NFKC does not know.
_RADICALS = str.maketrans("⺝⺠⺩⻁⻄⻆⻊⻑⻘⻝⻣⻤⻨⻩⻫⻭⻯⻲", "月民王虎西角足長青食骨鬼麦黄斉歯竜亀")
_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
_KANA_ONLY = re.compile("[\u3041-\u3096ー]+")
# U+FFFD, the marks printed for a missing character, what is left of Japanese read as Latin (åºƒå³¶, accented letters and C1
# controls) and private use.
_LOST = re.compile("[\ufffd〓■□?？\x80-\xa0\u00a1-\u00b6\u00b8-\u024f\ue000-\uf8ff]")
_MISREAD_AS = ("cp932", "euc_jp")
_JAPANESE = re.compile("[\u3005\u3041-\u30ff\u4e00-\u9fff]+")
_STANDARD = str.maketrans({old: group[0] for group in VARIANT_GROUPS for old in group[1:]})


def unkept_plain(typed: str) -> str:
    """Return what `plain` does, and remember nothing: for what a person types."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", typed.translate(_RADICALS))).translate(_KE)


def unkept_fold(typed: str) -> str:
    """Return what `fold` does, and remember nothing: for what a person types."""
    return unkept_plain(typed).translate(_STANDARD)


@lru_cache(maxsize=1 << 16)
def plain(printed: str) -> str:
    """Return the text composed (NFKC), without spaces and variation selectors, with ヶ and が read as ケ.

    >>> plain("　茅ｹ崎市 "), plain("茅が崎市")
    ('茅ケ崎市', '茅ケ崎市')
    """
    return unkept_plain(printed)


@lru_cache(maxsize=1 << 16)
def fold(printed: str) -> str:
    """Return `plain` text in standard character forms.

    >>> fold("龍ヶ﨑市")
    '竜ケ崎市'
    """
    return unkept_fold(printed)


def kana_of(printed: str) -> str:
    """Return a text that is written in kana only as hiragana; "" if it has any other character.

    >>> kana_of("ｸｼﾛｼ"), kana_of("釧路し")
    ('くしろし', '')
    """
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", printed)).translate(_HIRAGANA)
    return text if _KANA_ONLY.fullmatch(text) else ""


def is_garbled(unknown: str) -> bool:
    """Whether a text that is no known name shows signs of having been read in a wrong encoding, its characters lost.

    >>> is_garbled("広\ufffd県"), is_garbled("蛹玲ｵｷ驕"), is_garbled("日本")
    (True, True, False)
    """
    return _LOST.search(unknown) is not None or any(_was_utf8(unknown, encoding) for encoding in _MISREAD_AS)


def _was_utf8(text: str, misread_as: str) -> bool:
    """Whether the text becomes sound UTF-8 (cut at its end at most) when it is written back in the encoding it was read in."""
    try:
        written = text.encode(misread_as)
    except UnicodeEncodeError:
        return False
    try:
        restored = written.decode()
    except UnicodeDecodeError as fault:
        if len(written) - fault.start > 2:
            return False
        restored = written[: fault.start].decode()
    return _JAPANESE.fullmatch(restored) is not None
