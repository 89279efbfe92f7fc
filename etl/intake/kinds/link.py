"""The link of each row: kept where it may be shown, else dropped and logged."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.links import LINK_PROBLEM, bad_links
from etl.intake.privacy import masked
from etl.intake.records import Records


def read_links(records: Records) -> pa.StringArray:
    """Return the links; "" where there is none or it may not be shown (only http and https, no user info, one line)."""
    links = records.text("url")
    bad = bad_links(links)
    heading = records.heading("url")
    for index, before in zip(bad.tolist(), records.raws("url", bad), strict=True):
        # A mail address or a telephone number in the place of a link is about a person.
        shown = before if "://" in before else masked(before)
        records.ledger.repair(index, heading, LINK_PROBLEM, before=shown, after="")
    if not len(bad):
        return links
    is_bad = np.zeros(len(records), np.bool_)
    is_bad[bad] = True
    return pc.if_else(pa.array(is_bad), "", links)
