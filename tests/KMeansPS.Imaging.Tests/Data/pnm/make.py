#!/usr/bin/env python3
"""Makes the PNM files of this folder with Netpbm, and what Netpbm's pamdepth scales their samples to.

NAME.rgba holds the pixels as R, G, B, A bytes.
"""
import os
import random
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
RNG = random.Random(20250626)


def run(command, source):
    return subprocess.run(command, input=source, check=True, capture_output=True).stdout


def pam(width, height, depth, maxval, kind):
    size = 2 if maxval > 255 else 1
    head = "P7\nWIDTH %d\nHEIGHT %d\nDEPTH %d\nMAXVAL %d\nTUPLTYPE %s\nENDHDR\n" % (width, height, depth, maxval, kind)
    samples = b"".join(RNG.randrange(maxval + 1).to_bytes(size, "big") for _ in range(width * height * depth))
    return head.encode() + samples


def rgba(source, maxval, depth):
    scaled = source if maxval == 255 else run(["pamdepth", "255"], source)
    samples = scaled.split(b"ENDHDR\n", 1)[1]
    out = bytearray()
    for i in range(0, len(samples), depth):
        p = samples[i:i + depth]
        out += bytes({1: (p[0],) * 3 + (255,), 2: (p[0],) * 3 + (p[-1],), 3: tuple(p) + (255,), 4: tuple(p)}[depth])
    return bytes(out)


def put(name, data):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)


def main():
    for ending, kind, depth, maxvals in (
        ("pbm", "BLACKANDWHITE", 1, (1,)),
        ("pgm", "GRAYSCALE", 1, (7, 255, 1000)),
        ("ppm", "RGB", 3, (3, 255, 65535)),
        ("pam", "BLACKANDWHITE_ALPHA", 2, (1,)),
        ("pam", "GRAYSCALE_ALPHA", 2, (255, 300)),
        ("pam", "RGB_ALPHA", 4, (15, 255, 65535)),
    ):
        for maxval in maxvals:
            source = pam(7, 5, depth, maxval, kind)
            name = "%s_%d" % (kind.lower(), maxval)
            put(name + ".rgba", rgba(source, maxval, depth))
            put(name + ".pam", source)
            if ending != "pam":
                raw = run(["pamtopnm"], source)
                put(name + "." + ending, raw)
                put(name + "_plain." + ending, run(["pnmtoplainpnm"], raw))


main()
