-- folded: one key for the many ways to write the same name or address, and how far apart two points are. Macros of the build only.
-- Assumes: width, case, spaces, punctuation and the choice of ヶ or ケ say nothing about what is named; every other character does.
-- Of an address the numbers decide (3丁目4番5号, 三丁目4-5 and 3-4-5 are one), then the town before them; what follows them (a
-- building) does not.
CREATE TEMP MACRO folded(printed) AS
    lower(
        nfc_normalize(
            -- Most names need no translation, and looking is much cheaper.
            CASE
                WHEN regexp_matches(printed, '[ｦ-ﾟ０-９Ａ-Ｚａ-ｚヶ　]')
                    THEN translate(
                        printed,
                        'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚヶ　ﾞﾟ',
                        'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzケ ' || chr(12441) || chr(12442)
                    )
                ELSE printed
            END
        )
    );

CREATE TEMP MACRO name_key(printed) AS regexp_replace(folded(printed), '[\s\p{Z}\p{P}\p{S}\p{C}]', '', 'g');

CREATE TEMP MACRO kanji_number(printed) AS
    -- 一 … 九十九: no town has more 丁目.
    CASE
        WHEN printed = '十' THEN '10'
        WHEN starts_with(printed, '十') THEN '1' || translate(printed[2:], '一二三四五六七八九', '123456789')
        WHEN ends_with(printed, '十') THEN translate(printed[:-2], '一二三四五六七八九', '123456789') || '0'
        ELSE translate(replace(printed, '十', ''), '一二三四五六七八九', '123456789')
    END;

CREATE TEMP MACRO with_chome_in_digits(address) AS
    CASE
        WHEN regexp_matches(address, '[一二三四五六七八九十]丁目')
            THEN replace(
                address,
                regexp_extract(address, '[一二三四五六七八九十]+丁目'),
                kanji_number(regexp_extract(address, '([一二三四五六七八九十]+)丁目', 1)) || '丁目'
            )
        ELSE address
    END;

CREATE TEMP MACRO address_plain(printed) AS
    with_chome_in_digits(
        regexp_replace(
            regexp_replace(folded(printed), '^[〒\s]*[0-9]{3}[-‐‑‒–—―−ー－]?[0-9]{4}(\s+|([^0-9-]))', '\2'),
            '([0-9])\s*[-‐‑‒–—―−ー－]\s*', '\1-', 'g'
        )
    );

-- What stands before the first number: all that can name municipality and town.
CREATE TEMP MACRO address_head(plain_address) AS
    regexp_replace(regexp_replace(plain_address, '[0-9].*', '', 's'), '\s', '', 'g');

-- The numbers as 3-4-5; '' without any.
CREATE TEMP MACRO address_numbers(plain_address) AS
    trim(
        regexp_replace(
            regexp_extract(plain_address, '[0-9]+(?:(?:丁目|番地|番|号|の|-)+\s*[0-9]+)*'), '[^0-9]+', '-', 'g'
        ),
        '-'
    );

CREATE TEMP MACRO without_start(given, beginning) AS
    CASE WHEN starts_with(given, beginning) THEN given[len(beginning) + 1:] ELSE given END;

CREATE TEMP MACRO metres_apart(lat, lon, other_lat, other_lon) AS
    -- Along the great circle of a sphere: within 0.5 % of the geodesic, enough to tell near from far.
    2 * 6371000 * asin(
        sqrt(
            pow(sin(radians(other_lat - lat) / 2), 2)
            + cos(radians(lat)) * cos(radians(other_lat)) * pow(sin(radians(other_lon - lon) / 2), 2)
        )
    );
