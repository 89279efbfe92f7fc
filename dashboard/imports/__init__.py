"""取り込み確認, a part of the page データと出典: what a list that was sent would do, and what was taken in so far."""
