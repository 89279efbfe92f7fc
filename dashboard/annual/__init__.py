"""The ministry-style annual map and the deck: what stands where, apart from the formats it is drawn in.

A page is a list of named marks (`marks`); `svg`, `pdf` and `powerpoint` draw the same marks. Nothing here knows the screen
or the database.
"""
