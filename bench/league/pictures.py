#!/usr/bin/env python3
"""Ours beside pngquant, libvips, ImageMagick and Pillow: whole processes, one thread, without dithering or with each one's own.

CPU and wall seconds (the least of some runs, ours and theirs in turn), peak memory, bytes written, PSNR against the
decoded picture, and SSIM and mean CIEDE2000 where scikit-image is installed and the picture is not too large for it.
pngquant reads a PNG of the picture, as it reads nothing else. A peer that is missing is left out. Needs GNU time.
pictures.py PICTURE ... [-K 16 256] [--dithered]
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPETITIONS = 3
MAX_PIXELS_FOR_PERCEPTION = 4_000_000
Image.MAX_IMAGE_PIXELS = None

PILLOW = ("import sys; from PIL import Image; Image.MAX_IMAGE_PIXELS = None; "
          "image, dither = Image.open(sys.argv[1]).convert('RGB'), Image.Dither[sys.argv[4]];"
          "palette = image.quantize(int(sys.argv[3]), dither=Image.Dither.NONE);"
          "(palette if dither == Image.Dither.NONE else image.quantize(palette=palette, dither=dither)).save(sys.argv[2])")


def competitors(source, png, folder, k, dithered, native):
    """Name, command and the file that it writes, of each program that is installed."""
    ours = ["compress", source, "-K", str(k), "--force", "--allow-larger", "--threads", "1",
            "--dithering", "sierra" if dithered else "none", "-o"]
    pngquant = ["pngquant", *([] if dithered else ["--nofs"]), str(k), "--force"]
    vips = f"palette,Q=100,dither={int(dithered)},bitdepth={4 if k <= 16 else 8}"
    commands = {
        "KMeansPS": lambda out: [str(ROOT / "src/KMeansPS.Cli/bin/Release/net10.0/kmeansps"), *ours, out],
        "KMeansPS, native": lambda out: [native, *ours, out],
        "pngquant -s3": lambda out: [*pngquant, "--speed", "3", "-o", out, png],
        "pngquant -s11": lambda out: [*pngquant, "--speed", "11", "-o", out, png],
        "libvips": lambda out: ["vips", "copy", source, f"{out}[{vips}]"],
        "ImageMagick": lambda out: ["/usr/bin/convert", source, "-dither", "FloydSteinberg" if dithered else "None", "-colors", str(k), f"PNG8:{out}"],
        "Pillow": lambda out: [sys.executable, "-c", PILLOW, source, out, str(k), "FLOYDSTEINBERG" if dithered else "NONE"],
    }
    for i, (name, command) in enumerate(commands.items()):
        out = os.path.join(folder, f"{i}.png")
        if shutil.which(command(out)[0]):
            yield name, command(out), out


def run(command):
    """CPU seconds, wall seconds and peak megabytes of one run."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "VIPS_CONCURRENCY": "1", "MAGICK_THREAD_LIMIT": "1"}
    with tempfile.NamedTemporaryFile("r") as taken:
        # A process of its own measures: what this one weighs would count for its children.
        subprocess.run(["/usr/bin/time", "-o", taken.name, "-f", "%U %S %e %M", *command],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        user, system, wall, kilobytes = map(float, taken.read().split())
    return user + system, wall, kilobytes / 1024


def quality(original, out):
    result = np.asarray(Image.open(out).convert("RGB"))
    psnr = 10 * np.log10(255 ** 2 / np.mean((original.astype(np.float32) - result) ** 2, dtype=np.float64))
    cells = [f"{psnr:.2f}"]
    try:
        from skimage.color import deltaE_ciede2000, rgb2lab
        from skimage.metrics import structural_similarity
    except ImportError:
        return cells + ["", ""]
    if original.shape[0] * original.shape[1] > MAX_PIXELS_FOR_PERCEPTION:
        return cells + ["", ""]
    ssim = structural_similarity(
        original, result, channel_axis=2, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255)
    return cells + [f"{ssim:.4f}", f"{deltaE_ciede2000(rgb2lab(original), rgb2lab(result)).mean():.3f}"]


def publish_native(folder):
    """The tool built natively; nothing where there is no compiler for that."""
    done = subprocess.run(
        ["dotnet", "publish", "-c", "Release", "-p:PublishAot=true", "-v", "q", "-o", f"{folder}/native", str(ROOT / "src/KMeansPS.Cli")],
        stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        print("The native tool cannot be built here; it is left out.", file=sys.stderr)
    return f"{folder}/native/kmeansps"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("picture", nargs="+")
    parser.add_argument("-K", nargs="+", type=int, default=[16, 256])
    parser.add_argument("--dithered", action="store_true")
    arguments = parser.parse_args()
    subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", str(ROOT / "src/KMeansPS.Cli")], check=True, stdout=subprocess.DEVNULL)
    print("| picture | K | program | CPU s | wall s | MB | bytes | PSNR | SSIM | CIEDE2000 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        native = publish_native(folder)
        for picture in arguments.picture:
            original = Image.open(picture).convert("RGB")
            png = os.path.join(folder, "source.png")
            original.save(png, compress_level=1)
            original = np.asarray(original)
            for k in arguments.K:
                field = list(competitors(picture, png, folder, k, arguments.dithered, native))
                taken = {name: [] for name, _, _ in field}
                for _ in range(REPETITIONS):
                    for name, command, _ in field:
                        taken[name].append(run(command))
                for name, _, out in field:
                    cpu, wall, memory = (min(column) for column in zip(*taken[name]))
                    cells = quality(original, out)
                    print(f"| {os.path.basename(picture)} | {k} | {name} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {os.path.getsize(out):,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
