#!/usr/bin/env python3
"""Makes the PNG files of this folder and what libpng reads from them.

One picture of 33 x 9 random pixels for every colour type and bit depth, with and without tRNS, each interlaced and
not, with random filters and IDAT chunks of random length. NAME.rgba holds the pixels as R, G, B, A bytes; samples of
16 bits are rounded to 8 (png_set_scale_16).
"""
import ctypes
import ctypes.util
import os
import random
import struct
import zlib

WIDTH, HEIGHT = 33, 9
HERE = os.path.dirname(os.path.abspath(__file__))
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    bits = "".join(format(s, "0%db" % depth) for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(row, above, distance, kind):
    out = bytearray([kind])
    for i, value in enumerate(row):
        a = row[i - distance] if i >= distance else 0
        b = above[i]
        c = above[i - distance] if i >= distance else 0
        out.append((value - (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) & 255)
    return bytes(out)


def write(name, rng, color, depth, pixels, interlaced, extra):
    distance = max(CHANNELS[color] * depth // 8, 1)
    data = b""
    for x0, y0, dx, dy in PASSES if interlaced else ((0, 0, 1, 1),):
        above = None
        for y in range(y0, HEIGHT, dy):
            if x0 >= WIDTH:
                break
            row = pack([s for x in range(x0, WIDTH, dx) for s in pixels[y][x]], depth)
            data += filtered(row, above or bytes(len(row)), distance, rng.randrange(5))
            above = row
    packed = zlib.compress(data, 9)
    cut = rng.randrange(1, len(packed))
    with open(os.path.join(HERE, name + ".png"), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, color, 0, 0, int(interlaced))))
        file.write(extra)
        file.write(chunk(b"IDAT", packed[:cut]) + chunk(b"IDAT", b"") + chunk(b"IDAT", packed[cut:]))
        file.write(chunk(b"tEXt", b"Comment\0made for a test") + chunk(b"IEND", b""))


def read_by_libpng(name):
    png = ctypes.CDLL(ctypes.util.find_library("png16") or "libpng16.so.16")
    libc = ctypes.CDLL(None)
    pointer = ctypes.c_void_p
    libc.fopen.restype = pointer
    for function in (png.png_create_read_struct, png.png_create_info_struct):
        function.restype = pointer
    png.png_get_libpng_ver.restype = ctypes.c_char_p
    version = png.png_get_libpng_ver(None)
    reader = pointer(png.png_create_read_struct(version, None, None, None))
    info = pointer(png.png_create_info_struct(reader))
    file = pointer(libc.fopen(os.path.join(HERE, name + ".png").encode(), b"rb"))
    png.png_init_io(reader, file)
    png.png_read_info(reader, info)
    png.png_set_expand(reader)
    png.png_set_scale_16(reader)
    png.png_set_gray_to_rgb(reader)
    png.png_set_add_alpha(reader, 255, 1)
    png.png_set_interlace_handling(reader)
    png.png_read_update_info(reader, info)
    out = ctypes.create_string_buffer(WIDTH * HEIGHT * 4)
    start = ctypes.addressof(out)
    rows = (pointer * HEIGHT)(*(start + y * WIDTH * 4 for y in range(HEIGHT)))
    png.png_read_image(reader, rows)
    png.png_read_end(reader, None)
    libc.fclose(file)
    return out.raw


def main():
    rng = random.Random(20250624)
    for color, depths in DEPTHS.items():
        for depth in depths:
            for transparent in (False, True) if color in (0, 2, 3) else (False,):
                name = "c%d_b%02d%s" % (color, depth, "_trns" if transparent else "")
                top = 1 << depth
                count = min(top, 1 + rng.randrange(top)) if color == 3 and depth > 2 else top
                # Few values, so that the transparent colour occurs more than once; neighbours differ by one bit of 16.
                values = [rng.randrange(count) for _ in range(6)]
                values += [v ^ 1 for v in values if v ^ 1 < count]
                pixels = [[[rng.choice(values) for _ in range(CHANNELS[color])] for _ in range(WIDTH)] for _ in range(HEIGHT)]
                extra = b""
                if color == 3:
                    extra += chunk(b"PLTE", bytes(rng.randrange(256) for _ in range(3 * count)))
                    if transparent:
                        extra += chunk(b"tRNS", bytes(rng.randrange(256) for _ in range(max(count - 1, 1))))
                elif transparent:
                    extra += chunk(b"tRNS", b"".join(struct.pack(">H", s) for s in pixels[4][16]))
                write(name, rng, color, depth, pixels, False, extra)
                write(name + "_i", rng, color, depth, pixels, True, extra)
                expected = read_by_libpng(name)
                assert expected == read_by_libpng(name + "_i"), name
                with open(os.path.join(HERE, name + ".rgba"), "wb") as file:
                    file.write(expected)


main()
