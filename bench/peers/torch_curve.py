"""Takes the steps of a dump in plain PyTorch and prints one JSON line a step: step, loss, seconds, tokensPerSecond.

    python torch_curve.py DUMP [--steps N] [--threads 2] [--bf16] [--compile] [--perturb 1e-7] > torch.jsonl

DUMP is a folder that `bench/run.sh peers.DumpCommand` wrote; org.alluvium.bench.peers.BatchDump specifies it. FP32, on the
CPU, or BF16 by autocast: weights, moments and reductions stay FP32. Everything that PyTorch has a fast operator for uses it:
fused attention (causal without a mask where each row is one document), fused AdamW, rms_norm. `seconds` is
forward, backward, clipping and update, as in our own step events. Needs torch (2.13), nothing else.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional

NOT_SCORED = -1


def read_safetensors(path, dtype):
    """Name to tensor of the given type; the file holds F32 only, which is all that Alluvium writes."""
    data = bytearray(path.read_bytes())
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    values = torch.frombuffer(data, dtype=torch.float32, offset=8 + length)
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", (name, entry)
        begin, end = (offset // 4 for offset in entry["data_offsets"])
        tensors[name] = values[begin:end].view(entry["shape"]).to(dtype, copy=True).requires_grad_()
    return tensors


def read_batches(path, dump):
    """Steps of micro-batches of (inputs, targets, documentStart), each (B,T)."""
    values = torch.frombuffer(bytearray(path.read_bytes()), dtype=torch.int32).long()
    return values.view(len(dump["steps"]), dump["accumulate"], 3, dump["rows"], dump["shape"]["context"])


def rotation_table(s, dtype):
    """(T,D) cosines and (T,D) sines, both halves alike."""
    half = s["channels"] // s["heads"] // 2
    frequencies = s["ropeTheta"] ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = torch.arange(s["context"])[:, None] * frequencies
    angles = torch.cat([angles, angles], -1)
    return angles.cos().to(dtype), angles.sin().to(dtype)


def rotate(x, cosines, sines):
    """x (B,heads,T,D), the half-rotation convention."""
    first, second = x.chunk(2, -1)
    return x * cosines + torch.cat([-second, first], -1) * sines


def loss_sum(w, s, table, compute, inputs, targets, document_start):
    """Sum of the losses of all targets of a micro-batch, in nats; matrix products and heads are of type compute."""
    rows, t = inputs.shape
    c, h, g = s["channels"], s["heads"], s["kvHeads"]
    at = torch.arange(t)
    one_document = not document_start.any()
    visible = None
    if not one_document:
        visible = (at[None, None, :] <= at[None, :, None]) & (at[None, None, :] >= document_start[:, :, None])
        visible = visible[:, None]  # (B,1,T,T)
    cosines, sines = (values[at - document_start][:, None].to(compute) for values in table)  # (B,1,T,D)
    x = functional.embedding(inputs, w["model.embed_tokens.weight"])
    for i in range(s["layers"]):
        p = f"model.layers.{i}."
        y = functional.rms_norm(x, (c,), w[p + "input_layernorm.weight"], s["normEpsilon"])
        q, k, v = (
            functional.linear(y, w[p + f"self_attn.{name}_proj.weight"]).view(rows, t, -1, c // h).transpose(1, 2)
            for name in "qkv"
        )
        q, k = rotate(q, cosines, sines), rotate(k, cosines, sines)
        if g < h:
            k, v = (z.repeat_interleave(h // g, dim=1) for z in (k, v))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=visible, is_causal=one_document)
        mixed = mixed.transpose(1, 2).reshape(rows, t, c)
        x = x + functional.linear(mixed, w[p + "self_attn.o_proj.weight"])
        y = functional.rms_norm(x, (c,), w[p + "post_attention_layernorm.weight"], s["normEpsilon"])
        gate, up = (functional.linear(y, w[p + f"mlp.{name}_proj.weight"]) for name in ("gate", "up"))
        x = x + functional.linear(functional.silu(gate) * up, w[p + "mlp.down_proj.weight"])
    x = functional.rms_norm(x, (c,), w["model.norm.weight"], s["normEpsilon"])
    head = w["model.embed_tokens.weight" if s["tiedEmbeddings"] else "lm_head.weight"]
    logits = functional.linear(x, head)
    return functional.cross_entropy(
        logits.flatten(0, 1), targets.flatten(), ignore_index=NOT_SCORED, reduction="sum")


@torch.no_grad()
def perturb(w, size):
    """Changes every weight by seeded relative noise: with 1e-7, in the last bit."""
    generator = torch.Generator().manual_seed(1)
    for values in w.values():
        values.mul_(1 + size * torch.randn(values.shape, generator=generator))


def adamw(w, o):
    """Matrices decay, norms do not."""
    return torch.optim.AdamW(
        [dict(params=[v for v in w.values() if v.dim() > 1], weight_decay=o["weightDecay"]),
         dict(params=[v for v in w.values() if v.dim() == 1], weight_decay=0.0)],
        betas=(o["beta1"], o["beta2"]), eps=o["epsilon"], fused=True)


def take_step(w, optimizer, clip, micro_batches, micro_loss):
    """One update on the mean loss over all targets of the step; returns that loss."""
    scored = max(1, int((micro_batches[:, 1] != NOT_SCORED).sum()))
    total = 0.0
    for inputs, targets, document_start in micro_batches:
        loss = micro_loss(inputs, targets, document_start)
        (loss / scored).backward()
        total += loss.item()
    if clip > 0:
        torch.nn.utils.clip_grad_norm_(w.values(), clip)
    optimizer.step()
    optimizer.zero_grad()
    return total / scored


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("dump", type=Path)
    arguments.add_argument("--steps", type=int, help="take only so many of the dump's steps")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--bf16", action="store_true", help="matrix products and attention in BF16, by autocast")
    arguments.add_argument("--compile", action="store_true", help="through torch.compile, which needs a C++ compiler")
    arguments.add_argument("--double", action="store_true", help="in float64: slower, and the truth for both sides")
    arguments.add_argument("--perturb", type=float, default=0, help="relative noise on the initial weights, as a control")
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    dump = json.loads((options.dump / "dump.json").read_text())
    assert dump["version"] == 2 and sys.byteorder == "little"
    s = dump["shape"]
    dtype = torch.float64 if options.double else torch.float32
    w = read_safetensors(options.dump / "model.safetensors", dtype)
    perturb(w, options.perturb)
    batches = read_batches(options.dump / "batches.int32", dump)
    table = rotation_table(s, dtype)
    optimizer = adamw(w, dump["optimizer"])

    compute = torch.bfloat16 if options.bf16 else dtype

    def micro_loss(*batch):
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
            return loss_sum(w, s, table, compute, *batch)

    if options.compile:
        micro_loss = torch.compile(micro_loss)
    for number, step in enumerate(dump["steps"][: options.steps]):
        started = time.perf_counter()
        for group in optimizer.param_groups:
            group["lr"] = step["learningRate"]
        loss = take_step(w, optimizer, dump["optimizer"]["gradientClip"], batches[number], micro_loss)
        seconds = time.perf_counter() - started
        print(json.dumps(dict(step=number + 1, loss=loss, seconds=seconds, tokensPerSecond=step["tokens"] / seconds)),
              flush=True)


if __name__ == "__main__":
    main()
