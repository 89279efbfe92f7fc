-- 隣どうしはどちらの側にも同じ長さで載り、同じ段階の別の地域である
SELECT neighbour.code, neighbour.neighbour_code, neighbour.border_m
FROM neighbour
LEFT JOIN neighbour AS back
    ON neighbour.code = back.neighbour_code
    AND neighbour.neighbour_code = back.code
    AND neighbour.border_m = back.border_m
WHERE
    back.code IS NULL
    OR neighbour.code = neighbour.neighbour_code
    OR (neighbour.code[3:] = '000') <> (neighbour.neighbour_code[3:] = '000')
