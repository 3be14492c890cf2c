#!/usr/bin/env python3
"""Writes a checkpoint of train.py as the int8 file that Dateline reads (see ../model/FORMAT.md).

    export.py CHECKPOINT OUT.safetensors --base BASE_MODEL_FOLDER [--check CHECK.json]

`--check` also writes a window of words with the float outputs of the network, to compare another implementation with.
"""
import argparse
import json

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

import data
from model import Net


def quantise(tensors, name, weight):
    """int8 with one scale a row."""
    scale = weight.abs().amax(1).clamp(min=1e-9) / 127
    tensors[name + ".q"] = (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8).contiguous()
    tensors[name + ".s"] = scale.contiguous()


def linear(tensors, name, layer):
    quantise(tensors, name, layer.weight.data.float())
    tensors[name + ".b"] = layer.bias.data.float().contiguous()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("checkpoint"), ap.add_argument("out")
    ap.add_argument("--base", required=True)
    ap.add_argument("--version", default="1")
    ap.add_argument("--check")
    a = ap.parse_args()
    saved = torch.load(a.checkpoint, map_location="cpu", weights_only=False)
    net = Net(saved["sizes"], None)
    net.load_state_dict(saved["state"])
    net.eval()
    t, e = {}, net.enc
    quantise(t, "emb.word", e.word.weight.data)
    t["emb.pos"], t["emb.shape"] = e.pos.weight.data.clone(), e.shape.weight.data.clone()
    t["emb.ln.g"], t["emb.ln.b"] = e.ln.weight.data, e.ln.bias.data
    for i, layer in enumerate(e.layers):
        for name in ("qkv", "o", "f1", "f2"):
            linear(t, f"l{i}.{name}", layer.get_submodule(name))
        for name in ("ln1", "ln2"):
            norm = layer.get_submodule(name)
            t[f"l{i}.{name}.g"], t[f"l{i}.{name}.b"] = norm.weight.data, norm.bias.data
    t["mix"] = net.mixture().detach().contiguous()
    for name, layer in net.head.items():
        linear(t, f"head.{name}", layer)
    for name in ("arc_dep", "arc_head", "rel_dep", "rel_head", "role_trig", "role_arg"):
        linear(t, name.replace("_", "."), getattr(net, name))
    t["arc.U"], t["rel.R"], t["role.S"], t["root"] = (x.data.clone() for x in (net.arc_U, net.rel_R, net.role_S, net.root))
    tokenizer = Tokenizer.from_file(a.base + "/tokenizer.json")
    vocab = [w for w, _ in sorted(tokenizer.get_vocab().items(), key=lambda x: x[1])]
    labels = {**{k: saved["labels"][k] for k in ("upos", "rel", "feats", "lemma", "ner", "mode")}, "vocab": vocab, "version": a.version}
    save_file({k: v.contiguous() for k, v in t.items()}, a.out, {"labels": json.dumps(labels, ensure_ascii=False)})
    print({k: len(v) for k, v in labels.items() if k != "version"}, saved["figures"])
    if a.check:
        check(net, tokenizer, a.check)


@torch.inference_mode()
def check(net, tokenizer, path):
    pieces, out = data.Pieces(tokenizer), []
    texts = ["Envoys from Qatar met U.S. officials in Doha on Tuesday, the ministry said. They didn't reach a deal.",
             "Rebels attacked a convoy near the border, killing at least 12 soldiers."]
    for text in texts:
        spans = data.tokens(text)
        s = data.Sentence([text[x:y] for x, y in spans], [i > 0 and spans[i - 1][1] == x for i, (x, y) in enumerate(spans)], new_paragraph=True)
        w = data.windows([s], pieces)[0]
        tensor = lambda v: torch.tensor([v])
        words = net.words(tensor(w.pieces), tensor(w.shapes), torch.ones(1, len(w.pieces), dtype=torch.bool), tensor(w.first))
        syn, ent, evt = words
        n = len(s.words)
        arcs = net.arcs(syn, torch.ones(1, n, n + 1, dtype=torch.bool))[0]
        heads = arcs.argmax(-1)
        out.append({"words": s.words, "glued": s.glued, "pieces": w.pieces, "shapes": w.shapes,
                    "mixtures": [m[0].tolist() for m in words], "arcs": arcs.tolist(), "heads": heads.tolist(),
                    "relations": net.relations(syn, heads[None])[0].argmax(-1).tolist(),
                    "roles_of_word_2": net.roles(evt[0, 2][None], evt).softmax(-1)[0].tolist(),
                    **{k: net.head[k](words[net.LINEAR[k]])[0].tolist() for k in net.head}})
    json.dump(out, open(path, "w"))


if __name__ == "__main__":
    main()
