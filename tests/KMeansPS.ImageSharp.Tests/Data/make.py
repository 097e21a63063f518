#!/usr/bin/env python3
"""Makes the pictures of this folder with Netpbm, and their pixels as R, G, B bytes in pixels.rgb."""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 23, 11

pixels = bytes(v for y in range(HEIGHT) for x in range(WIDTH) for v in (x * 11, y * 23, (x // 4 * 40 + y // 3 * 60) % 256))
ppm = b"P6\n%d %d\n255\n" % (WIDTH, HEIGHT) + pixels


def put(name, data):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)


def run(*command):
    return subprocess.run(command, input=ppm, check=True, capture_output=True).stdout


put("pixels.rgb", pixels)
put("netpbm.gif", run("pamtogif"))
put("netpbm.tga", run("pamtotga", "-rgb"))
put("netpbm.tif", subprocess.run(["pamtotiff", "-lzw", "-truecolor"], input=ppm, check=True, capture_output=True).stdout)
