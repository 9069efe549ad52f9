"""Keccak-256 as Ethereum and Monero use it: SHA-3 before its padding was changed (FIPS 202).

The standard library has SHA-3 alone, whose digests are others.
"""

from __future__ import annotations

_MASK = (1 << 64) - 1
#: Bytes taken in at a time, and bytes of the digest.
_RATE, _DIGEST = 136, 32
_ROUND_CONSTANTS = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip


def keccak_256(data: bytes) -> bytes:
    """Return the digest of some bytes.

    >>> keccak_256(b"").hex()[:16], keccak_256(b"abc").hex()[:16]
    ('c5d2460186f7233c', '4e03657aea45a94f')
    """
    padded = bytearray(data + b"\x01" + bytes(-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), _RATE):
        block = padded[start : start + _RATE]
        for at in range(_RATE // 8):
            lanes[at % 5][at // 5] ^= int.from_bytes(block[8 * at : 8 * at + 8], "little")
        for constant in _ROUND_CONSTANTS:
            lanes = _round(lanes, constant)
    return b"".join(lanes[at % 5][at // 5].to_bytes(8, "little") for at in range(_DIGEST // 8))


def _round(lanes: list[list[int]], constant: int) -> list[list[int]]:
    """Apply the steps θ, ρ, π, χ and ι once."""
    column = [one[0] ^ one[1] ^ one[2] ^ one[3] ^ one[4] for one in lanes]
    mixed = [column[x - 1] ^ _turned(column[(x + 1) % 5], 1) for x in range(5)]
    lanes = [[lane ^ mixed[x] for lane in lanes[x]] for x in range(5)]
    x, y, moved = 1, 0, lanes[1][0]
    for step in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        moved, lanes[x][y] = lanes[x][y], _turned(moved, (step + 1) * (step + 2) // 2)
    lanes = [
        [lanes[x][y] ^ (~lanes[(x + 1) % 5][y] & lanes[(x + 2) % 5][y]) for y in range(5)]
        for x in range(5)
    ]
    lanes[0][0] ^= constant
    return lanes


def _turned(lane: int, by: int) -> int:
    by %= 64
    return ((lane << by) | (lane >> (64 - by))) & _MASK
