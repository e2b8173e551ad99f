"""Writes the published models that PretrainedModelTest loads: tiny Llamas of PyTorch modules, with their own logits.

    python make_llama.py DIRECTORY

For each case a folder as a publisher would upload it (config.json, and safetensors in one file or in shards with an
index), and expected.json: token ids and the logits of every position, computed in float64 from the stored weights. Vocabulary
size 20 is that of the tests' tiny vocabulary. Needs torch (2.13 made the committed files).
"""

import json
import math
import struct
import sys
from pathlib import Path

import torch
from torch import nn

DTYPES = {"F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16}
IDS = [1, 7, 3, 12, 19, 4, 4, 16, 9, 5, 11, 18]


def config(**changes):
    base = dict(architectures=["LlamaForCausalLM"], model_type="llama", vocab_size=20, max_position_embeddings=16,
                num_hidden_layers=2, hidden_size=16, num_attention_heads=4, num_key_value_heads=2, head_dim=4,
                intermediate_size=24, hidden_act="silu", rope_theta=10000.0, rope_scaling=None, rms_norm_eps=1e-6,
                tie_word_embeddings=False, attention_bias=False, mlp_bias=False, bos_token_id=1, eos_token_id=2)
    return {key: value for key, value in (base | changes).items() if value != "absent"}


LLAMA3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=8)
CASES = {
    "sharded-bf16": (config(head_dim=6, rope_theta=500000.0), "BF16", 2),
    "tied-f16": (config(tie_word_embeddings=True, num_key_value_heads=1, head_dim="absent"), "F16", 1),
    "llama3-f32": (config(rope_theta="absent", rope_scaling="absent", num_key_value_heads="absent",
                          rope_parameters=LLAMA3 | dict(rope_theta=20000.0)), "F32", 1),
    "linear-f32": (config(num_hidden_layers=1, rope_scaling=dict(type="linear", factor=4.0)), "F32", 1),
}


class RmsNorm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(1 + 0.1 * torch.randn(width))
        self.epsilon = epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def frequencies(c, d):
    """Radians a position, scaled as the configuration says; written after the description of Llama 3.1's scaling."""
    rope = c.get("rope_parameters") or c.get("rope_scaling") or {}
    theta = rope.get("rope_theta", c.get("rope_theta"))
    plain = theta ** (-torch.arange(0, d, 2).double() / d)
    kind = rope.get("rope_type", rope.get("type"))
    if kind == "linear":
        return plain / rope["factor"]
    if kind != "llama3":
        return plain
    scaled = []
    for frequency in plain.tolist():
        wave = 2 * math.pi / frequency
        original, low, high = (rope[k] for k in (
            "original_max_position_embeddings", "low_freq_factor", "high_freq_factor"))
        if wave < original / high:
            scaled.append(frequency)
        elif wave > original / low:
            scaled.append(frequency / rope["factor"])
        else:
            smooth = (original / wave - low) / (high - low)
            scaled.append((1 - smooth) * frequency / rope["factor"] + smooth * frequency)
    return torch.tensor(scaled).double()


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c["num_attention_heads"]
        self.kv_heads = c.get("num_key_value_heads", self.heads)
        self.d = c.get("head_dim", c["hidden_size"] // self.heads)
        self.frequencies = frequencies(c, self.d)
        self.q_proj = nn.Linear(c["hidden_size"], self.heads * self.d, bias=False)
        self.k_proj = nn.Linear(c["hidden_size"], self.kv_heads * self.d, bias=False)
        self.v_proj = nn.Linear(c["hidden_size"], self.kv_heads * self.d, bias=False)
        self.o_proj = nn.Linear(self.heads * self.d, c["hidden_size"], bias=False)

    def forward(self, x):
        t = x.shape[0]
        angles = torch.outer(torch.arange(t).double(), self.frequencies)
        turn = torch.polar(torch.ones_like(angles), angles)[:, None, :]
        q, k, v = (p(x).view(t, -1, self.d) for p in (self.q_proj, self.k_proj, self.v_proj))
        q, k = (self.rotate(z, turn) for z in (q, k))
        k, v = (z.repeat_interleave(self.heads // self.kv_heads, dim=1) for z in (k, v))
        q, k, v = (z.transpose(0, 1)[None] for z in (q, k, v))
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)[0]
        return self.o_proj(mixed.transpose(0, 1).reshape(t, -1))

    def rotate(self, z, turn):
        """Element i of a head's first half and of its second are a complex number."""
        half = self.d // 2
        turned = torch.complex(z[..., :half], z[..., half:]) * turn
        return torch.cat([turned.real, turned.imag], -1)


class Mlp(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.gate_proj = nn.Linear(c["hidden_size"], c["intermediate_size"], bias=False)
        self.up_proj = nn.Linear(c["hidden_size"], c["intermediate_size"], bias=False)
        self.down_proj = nn.Linear(c["intermediate_size"], c["hidden_size"], bias=False)

    def forward(self, x):
        return self.down_proj(nn.functional.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.input_layernorm = RmsNorm(c["hidden_size"], c["rms_norm_eps"])
        self.self_attn = Attention(c)
        self.post_attention_layernorm = RmsNorm(c["hidden_size"], c["rms_norm_eps"])
        self.mlp = Mlp(c)

    def forward(self, x):
        x = x + self.self_attn(self.input_layernorm(x))
        return x + self.mlp(self.post_attention_layernorm(x))


class Model(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embed_tokens = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.layers = nn.ModuleList(Layer(c) for _ in range(c["num_hidden_layers"]))
        self.norm = RmsNorm(c["hidden_size"], c["rms_norm_eps"])

    def forward(self, ids):
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


class Llama(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.model = Model(c)
        self.lm_head = nn.Linear(c["hidden_size"], c["vocab_size"], bias=False)
        if c["tie_word_embeddings"]:
            self.lm_head.weight = self.model.embed_tokens.weight

    def forward(self, ids):
        return self.lm_head(self.model(ids))


def safetensors(tensors, dtype):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        stored = bytes(tensor.to(DTYPES[dtype]).contiguous().view(torch.uint8).flatten().tolist())
        header[name] = dict(dtype=dtype, shape=list(tensor.shape), data_offsets=[len(data), len(data) + len(stored)])
        data += stored
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    return struct.pack("<Q", len(encoded)) + encoded + data


def save(folder, tensors, dtype, shards):
    if shards == 1:
        (folder / "model.safetensors").write_bytes(safetensors(tensors, dtype))
        return
    names, weight_map = list(tensors), {}
    for shard in range(shards):
        file = f"model-{shard + 1:05d}-of-{shards:05d}.safetensors"
        part = names[shard * len(names) // shards : (shard + 1) * len(names) // shards]
        weight_map |= dict.fromkeys(part, file)
        (folder / file).write_bytes(safetensors({name: tensors[name] for name in part}, dtype))
    index = dict(metadata=dict(total_size=sum(2 * t.numel() for t in tensors.values())), weight_map=weight_map)
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")


def make(name, c, dtype, shards, directory):
    folder = directory / name
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    llama = Llama(c).double()
    with torch.no_grad():
        for parameter in llama.parameters():
            parameter.copy_(parameter.to(DTYPES[dtype]))
    tensors = {k: v for k, v in llama.state_dict().items() if not (c["tie_word_embeddings"] and k == "lm_head.weight")}
    save(folder, tensors, dtype, shards)
    (folder / "config.json").write_text(json.dumps(c, indent=2) + "\n")
    logits = llama(torch.tensor(IDS)).tolist()
    (folder / "expected.json").write_text(json.dumps(dict(ids=IDS, logits=logits)) + "\n")


if __name__ == "__main__":
    for case, (c, dtype, shards) in CASES.items():
        make(case, c, dtype, shards, Path(sys.argv[1]))
