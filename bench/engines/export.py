#!/usr/bin/env python3
"""Writes the shipped weights as ONNX models, float and int8, and the windows that the engines are compared on.

    export.py OUT_FOLDER
"""
import json
import os
import sys

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors import safe_open
from tokenizers import Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE + "/../../training")
import corpus  # noqa: E402
import data  # noqa: E402
from model import Net  # noqa: E402

HEADS = ("upos", "feats", "lemma", "ner", "trigger")


def shipped(path):
    """The network with the weights of the shipped file, and its labels."""
    with safe_open(path, "pt") as f:
        labels = json.loads(f.metadata()["labels"])
        t = {k: f.get_tensor(k) for k in f.keys()}
    whole = lambda name: t[name + ".q"].float() * t[name + ".s"][:, None]
    sizes = {name: len(t[f"head.{name}.b"]) for name in Net.LINEAR} | {"rel": len(t["rel.R"])}
    net, state = Net(sizes, None), {}
    state["enc.word.weight"], state["enc.pos.weight"], state["enc.shape.weight"] = whole("emb.word"), t["emb.pos"], t["emb.shape"]
    state["enc.ln.weight"], state["enc.ln.bias"] = t["emb.ln.g"], t["emb.ln.b"]
    for i in range(len(net.enc.layers)):
        for name in ("qkv", "o", "f1", "f2"):
            state[f"enc.layers.{i}.{name}.weight"], state[f"enc.layers.{i}.{name}.bias"] = whole(f"l{i}.{name}"), t[f"l{i}.{name}.b"]
        for name in ("ln1", "ln2"):
            state[f"enc.layers.{i}.{name}.weight"], state[f"enc.layers.{i}.{name}.bias"] = t[f"l{i}.{name}.g"], t[f"l{i}.{name}.b"]
    for name in Net.LINEAR:
        state[f"head.{name}.weight"], state[f"head.{name}.bias"] = whole("head." + name), t[f"head.{name}.b"]
    missing, unexpected = net.load_state_dict(state, strict=False)
    assert not unexpected and not any(k.startswith(("enc.", "head.")) for k in missing), (missing, unexpected)
    return net.eval(), t["mix"], labels


class Body(torch.nn.Module):
    """One window: pieces [1, n], shapes [1, n], position of each word's first piece [w] -> scores of the heads, [w, all labels]."""

    def __init__(self, net, mix):
        super().__init__()
        self.enc, self.head, self.mix, self.task = net.enc, net.head, mix, net.LINEAR

    def forward(self, pieces, shapes, first):
        enc = self.enc
        x = enc.ln(enc.word(pieces) + enc.pos.weight[: pieces.shape[1]] + enc.shape(shapes))
        layers = [x]
        for layer in enc.layers:
            b, n, h = x.shape
            q, k, v = (y.view(b, n, 12, 32).transpose(1, 2) for y in layer.qkv(x).chunk(3, -1))
            weights = torch.softmax(q @ k.transpose(2, 3) / 32**0.5, -1)
            x = layer.ln1(x + layer.o((weights @ v).transpose(1, 2).reshape(b, n, h)))
            x = layer.ln2(x + layer.f2(torch.nn.functional.gelu(layer.f1(x))))
            layers.append(x)
        rows = [y[0].index_select(0, first) for y in layers]
        mixed = [sum(m * r for m, r in zip(task, rows)) for task in self.mix]
        return torch.cat([self.head[name](mixed[self.task[name]]) for name in HEADS], 1)


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    net, mix, labels = shipped(HERE + "/../../model/dateline.safetensors")
    body = Body(net, mix.tolist())
    example = (torch.ones(1, 30, dtype=torch.long), torch.ones(1, 30, dtype=torch.long), torch.arange(1, 20))
    torch.onnx.export(body, example, out + "/float.onnx", input_names=["pieces", "shapes", "first"], output_names=["scores"],
                      dynamic_axes={"pieces": {1: "n"}, "shapes": {1: "n"}, "first": {0: "w"}}, opset_version=17, dynamo=False)
    quantize_dynamic(out + "/float.onnx", out + "/int8.onnx", weight_type=QuantType.QInt8, per_channel=True)
    tokenizer = Tokenizer.from_file(vocabulary(labels["vocab"], out))
    pieces = data.Pieces(tokenizer)
    # As the annotator cuts them, by paragraph; and with paragraphs joined, kindest to an engine that reads one window at a time.
    for name, joined, most in (("paragraphs", False, 400), ("long", True, 100)):
        windows = []
        for path in ("talks", "assault", "accuse"):
            for report in corpus.read(f"{HERE}/../../corpus/{path}.txt"):
                sentences = [data.labelled(s["text"], n == 0 if joined else s["new"], True, []) for n, s in enumerate(report["sentences"])]
                windows += data.windows(sentences, pieces)
        with open(f"{out}/{name}.jsonl", "w", encoding="utf8") as f:
            for w in windows[:most]:
                row = {"words": w.words, "glued": [g for s in w.sentences for g in s.glued], "pieces": w.pieces, "shapes": w.shapes,
                       "first": w.first}
                f.write(json.dumps(row) + "\n")


def vocabulary(words, out):
    """A tokenizer file of the model's own word pieces."""
    from tokenizers import models, normalizers, pre_tokenizers
    t = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    t.normalizer, t.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    t.save(out + "/tokenizer.json")
    return out + "/tokenizer.json"


if __name__ == "__main__":
    main()
