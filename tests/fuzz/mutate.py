"""Broken copies of good files: the faults that transport, spreadsheets and people make, at random places."""

import random

TOKENS = (
    b"\x00",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b'"',
    b'""',
    b",",
    b"\t",
    b";",
    b"\r",
    b"\n",
    b"\r\n",
    b"=1+1",
    "令和".encode(),
    "令和99年度".encode(),
    "府中市".encode(),
    "\u202e".encode(),
    "\ufffd".encode(),
    "ヶ".encode("cp932"),
    "年度".encode("cp932"),
    b"inf",
    b"nan",
    b"-1e999",
    b"139.4",
    b"35.6",
    b"9" * 40,
    b"[" * 60,
    b"{",
    b"}",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"PAR1",
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
)
MOST_CHANGES = 6
LONGEST_PIECE = 64


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """Return a copy of `seed` with one to six changes."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        chance.choice(CHANGES)(data, chance)
    return bytes(data)


def _place(data: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _drop(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    del data[start : start + chance.randint(1, LONGEST_PIECE)]


def _insert(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    data[start:start] = chance.choice(TOKENS)


def _repeat(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    data[start:start] = data[start : start + chance.randint(1, LONGEST_PIECE)] * chance.randint(1, 4)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_place(data, chance) :]


def _swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    chance.shuffle(lines)
    data[:] = b"\n".join(lines)


CHANGES = (_flip, _flip, _drop, _insert, _insert, _repeat, _cut, _swap_lines)
