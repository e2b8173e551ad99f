"""Writes the numbers that TransformerVectorsTest compares with: a Llama in plain PyTorch, differentiated by autograd.

    python make_vectors.py DIRECTORY

For each case one file NAME.vectors: a line of JSON (shape, batches, optimizer, losses, norms and the names and sizes of
the tensors in order), then the tensors as little-endian float32: weights, gradients of the first step, and weights after
the last step. Everything is computed in float64 and rounded at the end. Needs torch (2.13 made the committed files).
"""

import array
import json
import math
import sys
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)

OPTIMIZER = dict(learningRate=0.01, beta1=0.9, beta2=0.95, epsilon=1e-8, weightDecay=0.1, gradientClip=0.5)
STEPS = 3
NOT_SCORED = -1

# Beside OPTIMIZER, what single cases have. The weight of the z-loss is large, so that it shows.
OPTIONS = {
    "own-architecture": dict(zLoss=0.01),
    "muon": dict(muon=dict(learningRate=0.05, momentum=0.9, nesterov=True, iterations=5, weightDecay=0.2)),
}
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)


def shape(**changes):
    base = dict(vocabulary=53, context=12, layers=2, channels=16, heads=4, kvHeads=2, hidden=24,
                ropeTheta=10000.0, normEpsilon=1e-5, tiedEmbeddings=True)
    return base | changes


CASES = {
    "grouped-tied": (shape(), [[5, 3, 4], [12]]),
    "full-untied": (shape(kvHeads=4, tiedEmbeddings=False, layers=1), [[12], [1, 11]]),
    "one-kv-head": (shape(kvHeads=1, heads=2, channels=20, hidden=28, vocabulary=37, context=9), [[9], [4, 4, 1], [2, 7]]),
    "wide-heads": (shape(headSize=8, layers=1), [[7, 5], [12]]),
    "normed-heads": (shape(qkNorm=True), [[5, 3, 4], [12]]),
    "own-architecture": (shape(activation="RELU2", logitSoftCap=2.0, qkNorm=True, hidden=36), [[12], [7, 5]]),
    "muon": (shape(kvHeads=4, hidden=40), [[5, 3, 4], [12]]),
}


def parameters(s):
    """Names and shapes in the Hugging Face Llama layout."""
    c, f = s["channels"], s["hidden"]
    d = s.get("headSize", c // s["heads"])
    attention, kv = s["heads"] * d, s["kvHeads"] * d
    yield "model.embed_tokens.weight", (s["vocabulary"], c)
    for i in range(s["layers"]):
        p = f"model.layers.{i}."
        yield p + "input_layernorm.weight", (c,)
        yield p + "self_attn.q_proj.weight", (attention, c)
        yield p + "self_attn.k_proj.weight", (kv, c)
        yield p + "self_attn.v_proj.weight", (kv, c)
        yield p + "self_attn.o_proj.weight", (c, attention)
        yield p + "post_attention_layernorm.weight", (c,)
        if s.get("qkNorm"):
            yield p + "self_attn.q_norm.weight", (d,)
            yield p + "self_attn.k_norm.weight", (d,)
        if s.get("activation") != "RELU2":
            yield p + "mlp.gate_proj.weight", (f, c)
        yield p + "mlp.up_proj.weight", (f, c)
        yield p + "mlp.down_proj.weight", (c, f)
    yield "model.norm.weight", (c,)
    if not s["tiedEmbeddings"]:
        yield "lm_head.weight", (s["vocabulary"], c)


def norm(x, weight, epsilon):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def rotate(x, positions, theta):
    """x (T, heads, D): the half-rotation convention, out = x cos + (-second half, first half) sin."""
    half = x.shape[-1] // 2
    frequencies = theta ** (-torch.arange(half) / half)
    angles = torch.cat([positions[:, None] * frequencies] * 2, -1)[:, None, :]
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return x * angles.cos() + turned * angles.sin()


def forward(w, s, ids, document_start):
    """Logits (T, V) of one row."""
    t, c, h, g = len(ids), s["channels"], s["heads"], s["kvHeads"]
    d = s.get("headSize", c // h)
    at = torch.arange(t)
    start = torch.tensor(document_start)
    visible = (at[None, :] <= at[:, None]) & (at[None, :] >= start[:, None])
    x = w["model.embed_tokens.weight"][torch.tensor(ids)]
    for i in range(s["layers"]):
        p = f"model.layers.{i}."
        y = norm(x, w[p + "input_layernorm.weight"], s["normEpsilon"])
        q, k, v = (
            (y @ w[p + f"self_attn.{name}_proj.weight"].T).view(t, -1, d) for name in "qkv"
        )
        if s.get("qkNorm"):
            q = norm(q, w[p + "self_attn.q_norm.weight"], s["normEpsilon"])
            k = norm(k, w[p + "self_attn.k_norm.weight"], s["normEpsilon"])
        q, k = (rotate(z, (at - start).double(), s["ropeTheta"]) for z in (q, k))
        k, v = (z.repeat_interleave(h // g, dim=1) for z in (k, v))
        scores = torch.einsum("thd,shd->hts", q, k) / math.sqrt(d)
        attention = scores.masked_fill(~visible, -math.inf).softmax(-1)
        mixed = torch.einsum("hts,shd->thd", attention, v).reshape(t, h * d)
        x = x + mixed @ w[p + "self_attn.o_proj.weight"].T
        y = norm(x, w[p + "post_attention_layernorm.weight"], s["normEpsilon"])
        up = y @ w[p + "mlp.up_proj.weight"].T
        if s.get("activation") == "RELU2":
            hidden = torch.relu(up).square()
        else:
            hidden = torch.nn.functional.silu(y @ w[p + "mlp.gate_proj.weight"].T) * up
        x = x + hidden @ w[p + "mlp.down_proj.weight"].T
    x = norm(x, w["model.norm.weight"], s["normEpsilon"])
    logits = x @ w["model.embed_tokens.weight" if s["tiedEmbeddings"] else "lm_head.weight"].T
    cap = s.get("logitSoftCap", 0)
    return cap * torch.tanh(logits / cap) if cap else logits


def make_batch(s, documents, generator):
    """Rows packed with documents of the given lengths; a document's last token has no target."""
    inputs, targets, starts = [], [], []
    for row in documents:
        ids = torch.randint(0, s["vocabulary"], (s["context"],), generator=generator).tolist()
        begin = 0
        for length in row:
            inputs += ids[begin : begin + length]
            targets += ids[begin + 1 : begin + length] + [NOT_SCORED]
            starts += [begin] * length
            begin += length
    return dict(inputs=inputs, targets=targets, documentStart=starts)


def token_losses(w, s, batch):
    """Cross entropies and squares of the log-sum-exp of each position, 0 where not scored."""
    t = s["context"]
    losses, squares = [], []
    for row in range(0, len(batch["inputs"]), t):
        part = {key: values[row : row + t] for key, values in batch.items()}
        logits = forward(w, s, part["inputs"], part["documentStart"])
        targets = torch.tensor(part["targets"])
        losses.append(torch.nn.functional.cross_entropy(
            logits, targets, ignore_index=NOT_SCORED, reduction="none"))
        squares.append(torch.where(targets == NOT_SCORED, 0.0, logits.logsumexp(-1).square()))
    return torch.cat(losses), torch.cat(squares)


def orthogonalized(u, iterations):
    a, b, c = NEWTON_SCHULZ
    x = u / (u.norm() + 1e-7)
    for _ in range(iterations):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x


def muon_step(matrices, momenta, o):
    """As torch.optim.Muon with adjust_lr_fn="original", in float64."""
    for key, v in matrices.items():
        momenta[key].lerp_(v.grad, 1 - o["momentum"])
        u = v.grad.lerp(momenta[key], o["momentum"]) if o["nesterov"] else momenta[key]
        rate = o["learningRate"] * math.sqrt(max(1, v.shape[0] / v.shape[1]))
        with torch.no_grad():
            v.mul_(1 - o["learningRate"] * o["weightDecay"])
            v.sub_(rate * orthogonalized(u, o["iterations"]))


def run(name, s, documents, directory):
    generator = torch.Generator().manual_seed(7)
    w = {}
    for key, dimensions in parameters(s):
        values = torch.randn(dimensions, generator=generator) * (0.2 if len(dimensions) > 1 else 0.1)
        values = values + (0 if len(dimensions) > 1 else 1)
        w[key] = values.float().double().requires_grad_()
    tensors = {"weight": {k: v.detach().clone() for k, v in w.items()}, "gradient": {}, "updated": {}}
    o = OPTIMIZER | OPTIONS.get(name, {})
    hidden = {k: v for k, v in w.items() if v.dim() > 1 and ".layers." in k} if "muon" in o else {}
    momenta = {k: torch.zeros_like(v) for k, v in hidden.items()}
    rest = [v for k, v in w.items() if k not in hidden]
    optimizer = torch.optim.AdamW(
        [dict(params=[v for v in rest if v.dim() > 1], weight_decay=o["weightDecay"]),
         dict(params=[v for v in rest if v.dim() == 1], weight_decay=0.0)],
        lr=o["learningRate"], betas=(o["beta1"], o["beta2"]), eps=o["epsilon"])
    steps = []
    for step in range(STEPS):
        batch = make_batch(s, documents, generator)
        losses, squares = token_losses(w, s, batch)
        scored = sum(target != NOT_SCORED for target in batch["targets"])
        for v in w.values():
            v.grad = None
        ((losses.sum() + o.get("zLoss", 0) * squares.sum()) / scored).backward()
        if step == 0:
            tensors["gradient"] = {k: v.grad.clone() for k, v in w.items()}
        total = torch.nn.utils.clip_grad_norm_(w.values(), o["gradientClip"])
        optimizer.step()
        if hidden:
            muon_step(hidden, momenta, o["muon"])
        steps.append(batch | dict(rows=len(documents), losses=losses.tolist(), gradientNorm=total.item()))
    tensors["updated"] = {k: v.detach() for k, v in w.items()}
    header = dict(shape=s, optimizer=o, steps=steps,
                  tensors=[dict(kind=kind, name=k, size=v.numel()) for kind, m in tensors.items() for k, v in m.items()])
    with open(directory / f"{name}.vectors", "wb") as file:
        file.write(json.dumps(header).encode() + b"\n")
        for group in tensors.values():
            for v in group.values():
                file.write(little_endian(v))


def little_endian(v):
    values = array.array("f", v.float().flatten().tolist())
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for case, (dimensions, rows) in CASES.items():
        run(case, dimensions, rows, target)
