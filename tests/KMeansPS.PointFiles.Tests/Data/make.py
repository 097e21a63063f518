"""Writes the files of this folder with NumPy, whose reading and writing is the reference for ours."""

import fractions
import os
import random
import struct

import numpy as np
from numpy.lib import format as npy

os.chdir(os.path.dirname(os.path.abspath(__file__)))
table = [[0, 1, 2], [3, 5, 7], [100, 64, 127], [11, 13, 17]]

for kind in ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
    for order, name in (("<", "little"), (">", "big")):
        if kind[1] != "1" or order == "<":
            np.save(f"{kind}-{name}.npy", np.array(table, dtype=order + kind))
np.save("f4-fortran.npy", np.asfortranarray(np.array(table, dtype="f4")))
np.save("f8-fortran-big.npy", np.asfortranarray(np.array(table, dtype=">f8")))
np.save("bool.npy", np.array(table) > 5)
np.save("line.npy", np.array([1.5, -2.5, 1e-300]))
np.save("fractions.npy", np.array([[0.1, -1e100], [np.pi, 5e-324]]))
np.save("wide-integers.npy", np.array([[2**53 + 1, -(2**62)], [1, 2**63 - 1]], dtype="<i8"))
np.save("bad-rows.npy", np.array([[1, 2], [np.nan, 2], [3, 4], [5, -np.inf], [6, 7], [8, 1e200]]))
np.save("scalar.npy", np.array(3.5))
np.save("cube.npy", np.zeros((2, 2, 2)))
np.save("no-points.npy", np.zeros((0, 3)))
np.save("no-columns.npy", np.zeros((3, 0)))
np.save("complex.npy", np.zeros((2, 2), dtype="c16"))
np.save("text.npy", np.array(["a", "bc"]))
np.save("records.npy", np.zeros(2, dtype=[("x", "f4"), ("y", "f4")]))
np.save("objects.npy", np.array([[1, None]], dtype=object))
for version in ((2, 0), (3, 0)):
    with open(f"version{version[0]}.npy", "wb") as file:
        npy.write_array(file, np.array(table, dtype="<f8"), version=version)



def nearest_single(text):
    """Rounds once, which NumPy does not: it goes by way of a double."""
    near = np.float32(float(text))
    if near == 0 or not np.isfinite(near) or abs(near) > 1e30:
        return near
    candidates = [near, np.nextafter(near, np.float32(np.inf)), np.nextafter(near, np.float32(-np.inf))]
    exact = fractions.Fraction(text)
    return min(candidates, key=lambda c: (abs(fractions.Fraction(float(c)) - exact), int(c.view(np.int32)) & 1))


# Texts of numbers with the bits of the nearest double and the nearest single.
random.seed(7)
texts = [
    "0", "-0", "+1", "1.", ".5", "-.5", "1e5", "1E-5", "1e+5", "9007199254740993", "9007199254740992", "9007199254740991",
    "0.1", "0.3", "1e22", "1e23", "1e-22", "1e-23", "123456789012345678", "12345678901234567890", "0.000001", "16777217",
    "16777219", "1.00000017881393432617187499", "1.00000017881393432617187500", "1.00000017881393432617187501", "4.35",
    "2.2250738585072011e-308", "4.9e-324", "2e-324", "1e-400", "1.17549435e-38", "1e-45", "7e-46", "0.30000001192092896",
    "00000000000000000000001", "0.00000000000000000000000000000000000001", "1" + "0" * 30 + "e-30", "8.5", "33554433",
    "33554435", "1.000000059604644775390625", "1.0000000596046447", "1.0000000596046448",
]
for _ in range(400):
    texts.append(repr(random.gauss(0, 1) * 10 ** random.randint(-12, 12)))
    texts.append("%.*f" % (random.randint(0, 9), random.gauss(0, 1000)))
    texts.append("%.*e" % (random.randint(0, 20), random.gauss(0, 1)))
with open("numbers.tsv", "w", newline="\n") as file:
    for text in texts:
        double = struct.unpack("<q", struct.pack("<d", float(text)))[0]
        single = int(nearest_single(text).view(np.int32))
        file.write(f"{text}\t{double}\t{single}\n")
