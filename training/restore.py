#!/usr/bin/env python3
"""Turns an int8 file of export.py back into a checkpoint to train on from.

    restore.py MODEL.safetensors OUT.pt

The rounding to bytes is lost accuracy, which the next training makes up for within an epoch.
"""
import argparse
import json

import torch
from safetensors import safe_open

from model import Net

PLAIN = {"arc_U": "arc.U", "rel_R": "rel.R", "role_S": "role.S", "root": "root"}


def restore(path):
    """(state, labels, sizes) of the network in a file."""
    with safe_open(path, "pt") as file:
        labels = json.loads(file.metadata()["labels"])
        t = {key: file.get_tensor(key) for key in file.keys()}
    labels = {key: labels[key] for key in ("upos", "rel", "feats", "lemma", "ner", "mode")}
    sizes = {**{key: len(values) for key, values in labels.items()}, "sent": 2, "trigger": 17, "status": 4, "hist": 2}
    net = Net(sizes, None)
    matrix = lambda name: t[name + ".q"].float() * t[name + ".s"][:, None]

    def linear(layer, name):
        layer.weight.copy_(matrix(name)), layer.bias.copy_(t[name + ".b"])

    def norm(layer, name):
        layer.weight.copy_(t[name + ".g"]), layer.bias.copy_(t[name + ".b"])
    with torch.no_grad():
        enc = net.enc
        enc.word.weight.copy_(matrix("emb.word")), enc.pos.weight.copy_(t["emb.pos"]), enc.shape.weight.copy_(t["emb.shape"])
        norm(enc.ln, "emb.ln")
        for i, layer in enumerate(enc.layers):
            for name in ("qkv", "o", "f1", "f2"):
                linear(layer.get_submodule(name), f"l{i}.{name}")
            for name in ("ln1", "ln2"):
                norm(layer.get_submodule(name), f"l{i}.{name}")
        gamma = t["mix"].sum(1)
        net.gamma.copy_(gamma), net.mix.copy_((t["mix"] / gamma[:, None]).clamp(min=1e-6).log())
        for name, layer in net.head.items():
            linear(layer, f"head.{name}")
        for name in ("arc_dep", "arc_head", "rel_dep", "rel_head", "role_trig", "role_arg"):
            linear(getattr(net, name), name.replace("_", "."))
        for mine, theirs in PLAIN.items():
            getattr(net, mine).copy_(t[theirs])
    return net.state_dict(), labels, sizes


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model"), ap.add_argument("out")
    a = ap.parse_args()
    state, labels, sizes = restore(a.model)
    torch.save({"state": state, "labels": labels, "sizes": sizes, "figures": {}}, a.out)


if __name__ == "__main__":
    main()
