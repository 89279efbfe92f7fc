"""The page 年度の変化: what the lists of the fiscal years come to, side by side and one after the other."""
