#!/usr/bin/env python3
"""Checks a proof file of Anlan 安澜 offline, with Python's standard library alone.

usage: check-proof.py PROOF.json VKEY

VKEY is the published key text name+id+data, or a file that holds it. Get it from somebody other than
whoever gave you the proof. The encodings are described in docs/record-format.md.

Exit 0: valid 有效; 1: not valid 无效; 2: could not check 无法核验.
"""

import base64
import hashlib
import json
import re
import struct
import sys

MAX_PROOF, MAX_NOTE, MAX_COLUMNS, MAX_PATH, MAX_SIZE = 16 << 20, 64 << 10, 1000, 64, 1 << 48


class NotValid(Exception):
    """The proof says something that its bytes do not bear out."""


def require(condition, complaint):
    if not condition:
        raise NotValid(complaint)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unhex(text, size=None):
    require(isinstance(text, str) and re.fullmatch(r"(?:[0-9a-f]{2})*", text), "not lowercase hexadecimal")
    require(size is None or len(text) == 2 * size, f"not {size} bytes of hexadecimal")
    return bytes.fromhex(text)


# ---- Ed25519 (RFC 8032), verification only, in affine steps over extended coordinates ----

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    p, q = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    r, s = 2 * D * t1 * t2, 2 * z1 * z2
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, point)
        point = add(point, point)
        n >>= 1
    return total


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def compress(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    point, s = decompress(public), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, t = times(k, point)
    return compress(add(times(s, BASE), (P - x, y, z, P - t))) == signature[:32]


# ---- the record's encodings ----


def framed(data):
    return struct.pack(">Q", len(data)) + data


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def encoded(value):
    if value is None:
        return b"\x00"
    require(isinstance(value, dict) and len(value) == 1, "a value is null or an object with its type as one key")
    ((kind, content),) = value.items()
    if kind == "text" and isinstance(content, str):
        return b"\x01" + framed(content.encode())
    if kind == "int" and is_int(content) and -(2**63) <= content < 2**63:
        return b"\x02" + struct.pack(">q", content)
    if kind == "real" and isinstance(content, str):
        number = r"[+-]?(?:inf|infinity|nan|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)"
        require(re.fullmatch(number, content, re.I | re.A), "a real number is decimal text")
        real = float(content)
        if real != real:
            return b"\x03\x7f\xf8" + bytes(6)
        return b"\x03" + struct.pack(">d", real + 0.0)
    if kind == "bool" and isinstance(content, bool):
        return b"\x04" + bytes([content])
    if kind == "bytes":
        return b"\x05" + framed(unhex(content))
    raise NotValid(f"a value of unknown type or with unfit content: {kind!r}")


def event_digest(columns):
    pairs = sorted((name.encode(), encoded(value)) for name, value in columns.items())
    body = [framed(name) + value for name, value in pairs]
    return sha256(framed(b"anlan/event/1"), struct.pack(">Q", len(pairs)), *body)


def root_of(leaf, index, size, path):
    """The root to which the path leads (RFC 9162, 2.1.3.2), or None when the path has the wrong length."""
    node, last, hash_ = index, size - 1, sha256(b"\x00", leaf)
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            hash_ = sha256(b"\x01", sibling, hash_)
            while node & 1 == 0 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            hash_ = sha256(b"\x01", hash_, sibling)
        node, last = node >> 1, last >> 1
    return hash_ if last == 0 else None


def base64_bytes(text):
    require(re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", text), "not base64")
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "base64 in an unusual spelling")
    return data


def read_key(text):
    parts = text.strip().split("+", 2)
    require(len(parts) == 3 and parts[0] and re.fullmatch("[0-9a-f]{8}", parts[1]), "the key is not name+id+data")
    name, key_id, data = parts[0], bytes.fromhex(parts[1]), base64_bytes(parts[2])
    require(sha256(name.encode(), b"\n", data)[:4] == key_id, "the key's id does not fit the key")
    require(data[:1] == b"\x01" and len(data) == 33, "the key is not an Ed25519 key")
    return name, key_id, data[1:]


def open_note(note, key):
    """Origin, size and root out of a note with a good signature by the key."""
    name, key_id, public = key
    require(isinstance(note, str) and len(note.encode()) <= MAX_NOTE, "the checkpoint is not a note or too long")
    require("\n\n" in note and note.endswith("\n"), "the checkpoint is not a signed note")
    require(not re.search("[\x00-\x09\x0b-\x1f]", note), "the checkpoint contains control characters")
    text, signatures = note[:-1].rsplit("\n\n", 1)
    text += "\n"
    ours = False
    for line in signatures.split("\n"):
        parts = line.split(" ")
        require(len(parts) == 3 and parts[0] == "—", "the checkpoint has a malformed signature line")
        data = base64_bytes(parts[2])
        require(len(data) >= 5, "the checkpoint has a malformed signature line")
        if (parts[1], data[:4]) == (name, key_id) and not ours:
            require(signed(public, text.encode(), data[4:]), f"the signature by {name} does not fit the checkpoint")
            ours = True
    require(ours, f"the checkpoint carries no signature by {name}")
    lines = text.split("\n")[:-1]
    require(len(lines) >= 3 and all(lines), "the checkpoint is not origin, size, root")
    require(re.fullmatch("0|[1-9][0-9]{0,14}", lines[1]), "the checkpoint's size is not a number")
    root = base64_bytes(lines[2])
    require(len(root) == 32 and int(lines[1]) <= MAX_SIZE, "the checkpoint's root or size is out of bounds")
    return lines[0], int(lines[1]), root


def without_repeats(pairs):
    names = [name for name, _ in pairs]
    require(len(set(names)) == len(names), "a name is given twice in one object")
    return dict(pairs)


def check(raw, key):
    require(len(raw) <= MAX_PROOF, "the proof is too long")
    proof = json.loads(raw.decode(), object_pairs_hook=without_repeats)
    fields = {"format", "event", "salt", "index", "size", "path", "checkpoint"}
    require(isinstance(proof, dict) and set(proof) == fields, f"the proof's fields are not {sorted(fields)}")
    require(proof["format"] == "anlan/proof/1", f"unknown format {proof['format']!r}")
    event, path, index, size = proof["event"], proof["path"], proof["index"], proof["size"]
    require(isinstance(event, dict) and len(event) <= MAX_COLUMNS, "the event is not an object, or too large")
    require(isinstance(path, list) and len(path) <= MAX_PATH, "the path is not a list, or too long")
    require(is_int(index) and is_int(size) and 0 <= index < size <= MAX_SIZE, "index or size is out of bounds")
    origin, signed_size, root = open_note(proof["checkpoint"], key)
    require(signed_size == size, f"the proof is for {size} leaves, its checkpoint for {signed_size}")
    leaf = sha256(framed(b"anlan/leaf/1"), unhex(proof["salt"], 32), event_digest(event))
    found = root_of(leaf, index, size, [unhex(step, 32) for step in path])
    require(found == root, "event, salt and path do not lead to the signed root")
    return event, origin, index, size, root


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        with open(arguments[0], "rb") as file:
            raw = file.read(MAX_PROOF + 1)
        text = arguments[1]
        if "+" not in text:
            with open(text, encoding="utf-8") as file:
                text = file.read(4096)
        key = read_key(text)
    except (OSError, ValueError, NotValid) as error:
        print(f"无法核验 could not check: {error}", file=sys.stderr)
        return 2
    try:
        event, origin, index, size, root = check(raw, key)
    except (NotValid, ValueError, RecursionError) as error:
        print(f"无效 not valid: {error}")
        return 1
    print(f"有效 valid: leaf {index} of {size} in the record {origin}, root {root.hex()}, signed by {key[0]}")
    for name, value in event.items():
        print(f"  {name} = {json.dumps(value, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
