#!/usr/bin/env python3
"""Ours beside scikit-learn, faiss and OpenCV: CPU seconds of the fit alone, one thread, float32.

The same data, the same initial centroids, at most 50 iterations, tolerance 0. Needs Debian's python3-sklearn,
python3-faiss and python3-opencv; a peer that is missing is left out. Prints a table of ratios: how many times our
time each peer takes.  clustering.py [SET ...]
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text():
    os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"

import numpy as np  # noqa: E402: the environment above must come first
from sklearn.cluster import KMeans  # noqa: E402
from sklearn.datasets import load_sample_image, make_blobs  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPETITIONS = 3


def blobs(n, d, k, deviation):
    return np.round(make_blobs(n, d, centers=k, cluster_std=deviation, random_state=0)[0], 3)


SETS = {
    "pixels K=16": (lambda: load_sample_image("china.jpg").reshape(-1, 3), 16, 50),
    "pixels K=256": (lambda: load_sample_image("china.jpg").reshape(-1, 3), 256, 50),
    "blobs 1e6 x 2 K=8": (lambda: blobs(1_000_000, 2, 8, 1.0), 8, 50),
    "blobs 1e6 x 8 K=64": (lambda: blobs(1_000_000, 8, 64, 2.0), 64, 50),
    "blobs 2e5 x 64 K=256": (lambda: blobs(200_000, 64, 256, 4.0), 256, 50),
    "blobs 1e5 x 784 K=10": (lambda: blobs(100_000, 784, 10, 8.0), 10, 4),
}


def best(run):
    """The least CPU seconds of some runs, and what the last one returned."""
    seconds = []
    for _ in range(REPETITIONS):
        before = time.process_time()
        result = run()
        seconds.append(time.process_time() - before)
    return min(seconds), result


def ours(points, initial, iterations, folder):
    np.save(folder / "points.npy", points)
    np.save(folder / "initial.npy", initial)
    project = ROOT / "bench/KMeansPS.Bench/bin/Release/net10.0/KMeansPS.Bench.dll"
    output = subprocess.run(
        ["dotnet", str(project), "fit", str(folder / "points.npy"), str(folder / "initial.npy"),
         str(iterations), "1", str(REPETITIONS), str(folder / "out.csv")], check=True, capture_output=True, text=True).stdout
    result = json.loads(output)
    return min(result["cpu_s"]), result["inertia"]


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


def main():
    subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", str(ROOT / "bench/KMeansPS.Bench")], check=True, stdout=subprocess.DEVNULL)
    print("| set | ours s | inertia | scikit-learn | faiss | OpenCV |\n| --- | --- | --- | --- | --- | --- |")
    for name in sys.argv[1:] or SETS:
        make, k, iterations = SETS[name]
        points = np.ascontiguousarray(make(), dtype=np.float32)
        initial = points[np.random.RandomState(0).choice(len(points), k, replace=False)]
        with tempfile.TemporaryDirectory() as folder:
            seconds, inertia = ours(points, initial, iterations, pathlib.Path(folder))
        cells = []
        for peer in (scikit_learn, faiss, opencv):
            try:
                peer_seconds, peer_inertia = peer(points, initial, iterations)
                cells.append(f"{peer_seconds / seconds:.1f} x ({peer_seconds:.2f} s, inertia {peer_inertia / inertia - 1:+.1e})")
            except ImportError:
                cells.append("not installed")
        print(f"| {name} | {seconds:.3f} | {inertia:.6g} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
