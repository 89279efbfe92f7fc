"""One key for the many ways to write the same name: characters, not meanings.

`plain` undoes what computers do to a text (width, composition, spaces, variation selectors) and the free
choice of ヶ, ケ and が. `fold` also reads an old or variant form of a character as its standard form. A
different character that is only often confused (亶 for 亘, 釜 for 竈, 斑 for 班) is no variant: such a
spelling is a fact about one document and belongs to the tables of corrections or aliases.
"""

import re
import unicodedata

# Standard form first, then its other forms: 旧字体, most of them printed in brackets by 常用漢字表 (平成22年
# 内閣告示第2号), then 異体字 that registers and old documents use for the same character. Each group is here
# because a current municipality, county, ward or prefecture is written with one of its forms.
OLD_FORMS = """
    竜龍 沢澤 浜濱濵 滝瀧 荘莊 塩鹽 与與 壱壹 条條 穂穗 隠隱 豊豐 広廣 国國 県縣 桜櫻 栄榮 恵惠
    真眞 徳德 万萬 宝寶 会會 亀龜 寿壽 静靜 関關 辺邊邉 気氣 弥彌 浅淺 瀬瀨 黒黑 緑綠 郷鄕
    総總 摂攝 焼燒 来來 余餘 糸絲 双雙 稲稻 当當 温溫 横橫 芸藝 予豫 蔵藏 台臺 曽曾
"""
VARIANT_FORMS = """
    島嶋嶌 崎﨑嵜 高髙 館舘 富冨 籠篭 鰺鯵 砺礪 蘂蕊 梼檮 騨驒 峰峯 倶俱 諫諌 檜桧 竈竃 戸戶 青靑
"""
VARIANT_GROUPS = tuple((OLD_FORMS + VARIANT_FORMS).split())

_DROPPED = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_KE = str.maketrans("ヶがガ", "ケケケ")
_STANDARD = str.maketrans({old: group[0] for group in VARIANT_GROUPS for old in group[1:]})


def plain(printed: str) -> str:
    """Return the text composed (NFKC), without spaces and variation selectors, with ヶ and が read as ケ.

    >>> plain("　茅ｹ崎市 "), plain("茅が崎市")
    ('茅ケ崎市', '茅ケ崎市')
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", printed)).translate(_KE)


def fold(printed: str) -> str:
    """Return `plain` text in standard character forms.

    >>> fold("龍ヶ﨑市")
    '竜ケ崎市'
    """
    return plain(printed).translate(_STANDARD)
