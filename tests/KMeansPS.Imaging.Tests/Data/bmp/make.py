#!/usr/bin/env python3
"""Makes the BMP files of this folder with Pillow, Netpbm and ImageMagick, and the pixels that they were made of.

NAME.rgba holds the pixels as R, G, B, A bytes.
"""
import io
import os
import random
import subprocess
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
RNG = random.Random(20250625)


def place(name):
    return os.path.join(HERE, name)


def expect(name, image):
    with open(place(name + ".rgba"), "wb") as file:
        file.write(image.convert("RGBA").tobytes())


def tool(name, command, source):
    data = subprocess.run(command, input=source, check=True, capture_output=True).stdout
    with open(place(name + ".bmp"), "wb") as file:
        file.write(data)


def noise(mode, width, height, values):
    image = Image.new(mode, (width, height))
    channels = len(image.getbands())
    pick = (lambda: RNG.choice(values)) if channels == 1 else (lambda: tuple(RNG.choice(values) for _ in range(channels)))
    image.putdata([pick() for _ in range(width * height)])
    return image


def saved(image, kind):
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def indexed(colors, width, height):
    image = noise("P", width, height, range(colors))
    image.putpalette([RNG.randrange(256) for _ in range(3 * colors)])
    return image


def main():
    for name, image in (
        ("pillow_1", noise("1", 33, 9, (0, 255))),
        ("pillow_8_grey", noise("L", 7, 5, range(256))),
        ("pillow_8", indexed(256, 33, 9)),
        ("pillow_24", noise("RGB", 33, 9, range(256))),
        ("pillow_24_1x1", noise("RGB", 1, 1, range(256))),
        ("pillow_32", noise("RGBA", 7, 5, range(256))),
    ):
        image.save(place(name + ".bmp"))
        # Pillow writes 32 bits without a mask for alpha, so that the fourth byte means nothing.
        expect(name, image.convert("RGB") if image.mode == "RGBA" else image)

    for bits, colors in ((1, 2), (4, 13), (8, 200)):
        image = indexed(colors, 33, 9).convert("RGB")
        for kind in ("windows", "os2"):
            name = "netpbm_%s_%d" % (kind, bits)
            tool(name, ["ppmtobmp", "-" + kind, "-bpp=%d" % bits], saved(image, "PPM"))
            expect(name, image)

    # Runs of equal pixels, so that RLE has something to do.
    image = indexed(30, 33, 9)
    image.putdata([v for _ in range(33 * 9 // 9) for v in (lambda a, b, c: [a] * 5 + [b] + [c] * 3)(*RNG.sample(range(30), 3))])
    tool("magick_rle8", ["/usr/bin/convert", "gif:-", "-compress", "RLE", "BMP3:-"], saved(image, "GIF"))
    expect("magick_rle8", image)
    image = noise("RGBA", 33, 9, range(256))
    tool("magick_v5_32", ["/usr/bin/convert", "png:-", "bmp:-"], saved(image, "PNG"))
    expect("magick_v5_32", image)


main()
