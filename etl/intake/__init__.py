"""Any Japanese list in, nothing lost: a file that someone sent becomes facts, and every row of it is accounted for.

The steps, each a module: guard (may the file be opened at all) → readers (bytes → one `Sheet` of text) → headings (which column
means what) → the kind's own reading (years, bodies, points, links) → duplicates → `Checked`: facts, and a ledger in which

    rows = loaded + quarantined + duplicates + skipped

holds by construction. Nothing is guessed and nothing is written here; `imports` alone writes.
"""
