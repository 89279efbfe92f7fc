-- どの市区町村にも人口がある（割合の分母になる）
SELECT code, name FROM area WHERE kind NOT IN ('ward', 'northern_village') AND population IS NULL
