"""Writes what llm.c's train_gpt2 reads: a seeded GPT-2 of a dump's shape, and the dump's tokens.

    python llmc_inputs.py DUMP LLMC

LLMC is a checkout of llm.c. Its model has learned positions, LayerNorm, biases and GELU with a hidden width of 4 C, which is
as many FLOPs a token as a SwiGLU of 8/3 C. The formats are those that train_gpt2.c and llmc/dataloader.h read (model version
3, data version 1). Needs numpy.
"""

import json
import sys
from pathlib import Path

import numpy

MODEL_MAGIC, MODEL_VERSION = 20240326, 3
DATA_MAGIC, DATA_VERSION = 20240520, 1
HEADER_INTS = 256


def header(*values):
    ints = numpy.zeros(HEADER_INTS, dtype="<i4")
    ints[: len(values)] = values
    return ints.tobytes()


def write_model(path, s):
    v, t, layers, heads, c = (s[k] for k in ("vocabulary", "context", "layers", "heads", "channels"))
    padded = -(-v // 128) * 128
    random = numpy.random.default_rng(1)
    with path.open("wb") as out:
        out.write(header(MODEL_MAGIC, MODEL_VERSION, t, v, layers, heads, c, padded))

        def matrix(rows, columns):
            out.write((0.02 * random.standard_normal((rows, columns), dtype="f4")).astype("<f4").tobytes())

        def vector(size, value):
            out.write(numpy.full(size, value, dtype="<f4").tobytes())

        matrix(padded, c)  # wte
        matrix(t, c)  # wpe
        vector(layers * c, 1), vector(layers * c, 0)  # ln1
        matrix(layers * 3 * c, c), vector(layers * 3 * c, 0)  # qkv
        matrix(layers * c, c), vector(layers * c, 0)  # attproj
        vector(layers * c, 1), vector(layers * c, 0)  # ln2
        matrix(layers * 4 * c, c), vector(layers * 4 * c, 0)  # fc
        matrix(layers * c, 4 * c), vector(layers * c, 0)  # fcproj
        vector(c, 1), vector(c, 0)  # lnf


def write_tokens(path, tokens):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header(DATA_MAGIC, DATA_VERSION, len(tokens)) + tokens.astype("<u2").tobytes())


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    dump, llmc = map(Path, sys.argv[1:])
    facts = json.loads((dump / "dump.json").read_text())
    size = facts["rows"] * facts["shape"]["context"]
    batches = numpy.fromfile(dump / "batches.int32", dtype="<i4").reshape(-1, 3, size)
    write_model(llmc / "gpt2_124M.bin", facts["shape"])
    for name in ("train", "val"):
        write_tokens(llmc / f"dev/data/tinyshakespeare/tiny_shakespeare_{name}.bin", batches[:, 0].ravel())
    print(facts["rows"], facts["shape"]["context"])


if __name__ == "__main__":
    main()
