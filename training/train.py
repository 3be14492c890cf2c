#!/usr/bin/env python3
"""Fine-tunes the encoder and its heads jointly on syntax, entities and events, and writes a checkpoint.

    train.py --shared ../../shared --base BASE_MODEL_FOLDER --out out/model.pt [--epochs 10] [--init CHECKPOINT]

Only data of class "open" trains (see ../model/CARD.md). After each epoch the development sets are measured and the checkpoint is
written, so a killed run leaves its last epoch.
"""
import argparse
import collections
import copy
import glob
import itertools
import json
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import data
import standoff
import wire
from data import IGNORE
from model import Net


NAME_ROWS = {label: i for i, label in enumerate(data.NAMES)}
# Which labels each label of a set allows: [labels of the sets, labels of the head].
ALLOWED = torch.tensor([[label in allowed for label in data.NER] for allowed in data.NAMES.values()])

HERE = os.path.dirname(os.path.abspath(__file__))


def read_sets(shared, skip_wnut):
    """Training sets by name and the development sets."""
    d = shared + "/data/"
    ewt = data.conllu(d + "ud/en_ewt-ud-train.conllu.xz")
    data.treebank_events(ewt, "ewt")
    train = {"ewt": [s for _, s in ewt]}
    standoff.ewt_names(train["ewt"])
    open_genre = lambda doc: doc.split("_")[1] in data.OPEN_GUM
    gum = data.conllu(d + "ud/en_gum-ud-train.conllu.xz", open_genre)
    data.treebank_events(gum, "gum")
    train["gum"] = [s for _, group in itertools.groupby(gum, key=lambda x: x[0]) for s in data.gum_entities([s for _, s in group])]
    train["ecb"] = list(data.ecb(d + "stories/ecbplus.tar.xz"))
    train["frames"] = list(data.frames(HERE + "/../codebook/plover"))
    cross = {"politician": "PERSON", "person": "PERSON", "politicalparty": "ORG", "organisation": "ORG", "country": "GPE",
             "location": "PLACE", "election": "EVENT", "event": "EVENT", "misc": "ELSE"}
    wnut = {"person": "PERSON", "location": "PLACE", "corporation": "ORG", "group": "ORG", "product": "MISC", "creative-work": "MISC"}
    ner = []
    for part in ("train", "dev", "test"):
        ner += data.bio_file(d + f"ner/crossner/politics/{part}.txt", cross)
    for part in () if skip_wnut else ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        ner += data.bio_file(d + "ner/wnut17/" + part, wnut)
    for folder in sorted(glob.glob(d + "ner/re3d/*/")):
        if not any(x in folder for x in ("BBC", "European Union")):
            ner += list(data.re3d(folder.rstrip("/")))
    train["ner"] = ner
    train["gold"] = [s for _, sentences in data.gold(shared + "/gold/train") for s in sentences]
    # quiet.txt measures how many events are coded where there are none: it must stay unseen.
    own = [p for p in sorted(glob.glob(HERE + "/../corpus/*.txt")) if not p.endswith("quiet.txt")]
    train["own"] = [s for path in own for s in data.synthetic(path)]
    own_dev = [s for path in own for s in data.synthetic(path, held_out=True)]
    ewt_dev = [s for _, s in data.conllu(d + "ud/en_ewt-ud-dev.conllu")]
    tags = dict(uner(d + "ner/uner_ewt-dev.iob2"))  # its documents stand in another order than the treebank's
    for s in ewt_dev:
        s.ner = tags.get(tuple(s.words))
    gold_dev = [s for _, sentences in data.gold(shared + "/gold/dev") for s in sentences]
    return train, {"ewt": ewt_dev, "gold": gold_dev, "own": own_dev}


def uner(path):
    """(words, tags) of each sentence of a Universal NER file."""
    kinds, rows = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}, []
    for line in itertools.chain(open(path, encoding="utf8"), [""]):
        c = line.rstrip("\n").split("\t")
        if c[0].isdigit():
            rows.append((c[1], c[2][:2] + kinds[c[2][2:]] if c[2][2:] in kinds else "O"))
        elif not line.strip() and rows:
            yield tuple(w for w, _ in rows), [t for _, t in rows]
            rows = []


def label_sets(train):
    """Label vocabularies by head, most frequent first; rare edit scripts and feature sets are dropped."""
    count = lambda values, least: [v for v, n in sorted(collections.Counter(values).items(), key=lambda x: (-x[1], x[0])) if n >= least]
    trees = [s for name in ("ewt", "gum") for s in train[name]]
    modes = count([f"{e[1]}:{e[2]}" for s in itertools.chain(*train.values()) for e in s.events or () if e[2]], 1)
    return {
        "upos": count([x for s in trees for x in s.upos], 1),
        "feats": count([x for s in trees for x in s.feats], 3),
        "lemma": count([data.lemma_script(w, l) for s in trees for w, l in zip(s.words, s.lemma)], 2),
        "rel": count([x for s in trees for x in s.rel], 1),
        "ner": data.NER,
        "mode": ["none"] + modes,
    }


def texts_of(sentences, share, rng):
    """The sentences of a random one in `share` texts, so that an epoch sees every genre."""
    texts = []
    for s in sentences:
        if s.new_text or not texts:
            texts.append([])
        texts[-1].append(s)
    return [s for text in rng.sample(texts, max(1, len(texts) // share)) for s in text]


def encode(windows, labels):
    """Windows as arrays of label numbers."""
    number = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    out, quiet = [], data.LIGHT | data.PRONOUNS
    for w in windows:
        n = len(w.words)
        row = {k: np.full(n, IGNORE) for k in ("sent", "upos", "feats", "lemma", "head", "rel", "ner", "trigger")}
        row["pieces"], row["shapes"], row["first"], row["sentence"] = (np.array(x) for x in (w.pieces, w.shapes, w.first, w.sentence))
        row["events"] = []
        at = 0
        for s in w.sentences:
            m, span = len(s.words), slice(at, at + len(s.words))
            if s.split:
                row["sent"][span] = [1] + [0] * (m - 1)
            if s.upos:
                row["upos"][span] = [number["upos"].get(x, IGNORE) for x in s.upos]
                row["feats"][span] = [number["feats"].get(x, IGNORE) for x in s.feats]
                row["lemma"][span] = [number["lemma"].get(data.lemma_script(a, b), IGNORE) for a, b in zip(s.words, s.lemma)]
                row["head"][span] = [h + at if h else 0 for h in s.head]
                row["rel"][span] = [number["rel"].get(x, IGNORE) for x in s.rel]
            if s.ner:
                row["ner"][span] = [NAME_ROWS[x] for x in s.ner]
            if s.events is not None:
                row["trigger"][span] = [IGNORE if s.partial and x.isalpha() and x.lower() not in quiet else 0 for x in s.words]
                for trigger, kind, mode, status, hist, roles in s.events:
                    for i in trigger:
                        row["trigger"][at + i] = 1 + data.TYPES.index(kind)
                    arguments = np.zeros(n, dtype=int) + IGNORE
                    if not s.partial:
                        arguments[span] = [roles.get(i, 0) for i in range(m)]
                    row["events"].append(([at + i for i in trigger], number["mode"].get(f"{kind}:{mode}" if mode else "none", 0),
                                          IGNORE if status is None else data.STATUS.index(status),
                                          IGNORE if hist is None else int(hist), arguments))
            at += m
        out.append(row)
    return out


def batches(rows, budget, rng):
    """Index lists whose padded size stays below `budget` pieces."""
    noise = (lambda: rng.random() * 4) if rng else (lambda: 0)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["pieces"]) + noise())
    out, current, longest = [], [], 0
    for i in order:
        n = len(rows[i]["pieces"])
        if current and max(longest, n) * (len(current) + 1) > budget:
            out.append(current)
            current, longest = [], 0
        current.append(i)
        longest = max(longest, n)
    out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def collate(rows, rng=None, drop=0.0):
    n, t, w = len(rows), max(len(r["pieces"]) for r in rows), max(len(r["first"]) for r in rows)
    pad = lambda key, width, fill: torch.from_numpy(np.stack([np.pad(r[key], (0, width - len(r[key])), constant_values=fill) for r in rows]))
    b = {"ids": pad("pieces", t, 0), "shapes": pad("shapes", t, 25), "first": pad("first", w, 0), "sentence": pad("sentence", w, -1)}
    b["mask"] = torch.arange(t)[None] < torch.tensor([len(r["pieces"]) for r in rows])[:, None]
    for key in ("sent", "upos", "feats", "lemma", "head", "rel", "ner", "trigger"):
        b[key] = pad(key, w, IGNORE)
    real = b["sentence"] >= 0
    same = (b["sentence"][:, :, None] == b["sentence"][:, None, :]) & real[:, :, None]
    b["allowed"] = torch.cat([torch.ones(n, w, 1, dtype=torch.bool), same], 2)
    b["events"] = [(i, *e) for i, r in enumerate(rows) for e in r["events"]]
    if drop and rng is not None:  # hide some words so that the event heads lean on context too
        hide = (torch.rand(b["ids"].shape) < drop) & (b["ids"] > 102)
        b["ids"] = b["ids"].masked_fill(hide, 103)
        for i in range(n):  # whole windows in one case: headlines in capitals, sloppy lower case
            r = rng.random()
            if r < 0.04:
                s = b["shapes"][i]
                word = s < 24
                new = 1 if r < 0.025 else 3
                cased = word & (s // 3 >= 1) & (s // 3 <= 4)
                b["shapes"][i] = torch.where(cased, new * 3 + s % 3, s)
    return b


def losses(net, b, none_weight):
    """Sum of the tasks' losses for a batch."""
    syn, ent, evt = net.words(b["ids"], b["shapes"], b["mask"], b["first"])
    def ce(scores, gold, **k):
        """Mean over what is known; 0 when nothing is."""
        if not bool((gold != IGNORE).any()):
            return 0.0
        return F.cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORE, **k)

    total, has = 0.0, lambda key: bool((b[key] != IGNORE).any())
    if has("upos"):
        total = ce(net.head["upos"](syn), b["upos"]) + 0.5 * ce(net.head["feats"](syn), b["feats"]) + 0.5 * ce(net.head["lemma"](syn), b["lemma"])
        total = total + ce(net.arcs(syn, b["allowed"]), b["head_index"]) + ce(net.relations(syn, b["head_index"]), b["rel"])
    if has("sent"):
        total = total + ce(net.head["sent"](syn), b["sent"])
    if has("ner"):
        known = b["ner"] != IGNORE
        scores = torch.log_softmax(net.head["ner"](ent)[known].float(), -1)
        total = total - torch.logsumexp(scores.masked_fill(~ALLOWED[b["ner"][known]], float("-inf")), -1).mean()
    if has("trigger"):
        weight = torch.ones(17)
        weight[0] = none_weight
        total = total + ce(net.head["trigger"](evt), b["trigger"], weight=weight, label_smoothing=0.03)
        if b["events"]:
            row = torch.tensor([e[0] for e in b["events"]])
            pick = torch.tensor([random.choice(e[1]) for e in b["events"]])
            x = evt[row, pick]
            total = total + 0.5 * ce(net.head["mode"](x), torch.tensor([e[2] for e in b["events"]]))
            total = total + 0.5 * ce(net.head["status"](x), torch.tensor([e[3] for e in b["events"]]))
            total = total + 0.5 * ce(net.head["hist"](x), torch.tensor([e[4] for e in b["events"]]))
            w = evt.shape[1]
            gold = torch.from_numpy(np.stack([np.pad(e[5], (0, w - len(e[5])), constant_values=IGNORE) for e in b["events"]]))
            weight = torch.ones(7)
            weight[0] = 0.4
            total = total + ce(net.roles(x, evt[row]), gold, weight=weight)
    return total


def prepare(b):
    """Heads as candidate indices: the root is 0, word j is j + 1."""
    b["head_index"] = b["head"]
    return b


def spans(labels):
    out, start = set(), None
    for i, l in enumerate(list(labels) + ["O"]):
        if start is not None and (l[0] not in "BI" or l.startswith("B-") or l[2:] != labels[start][2:]):
            out.add((start, i, labels[start][2:]))
            start = None
        if l[0] in "BI" and start is None:
            start = i
    return out


def names(tags):
    """Names of the three kinds that Universal NER has, as (start, end, kind)."""
    fine = {f"{p}-{k}": f"{p}-PLACE" for k in data.COARSE["PLACE"] for p in "BI"}
    return {x for x in spans([fine.get(t, t) for t in tags]) if x[2] in ("PERSON", "ORG", "PLACE")}


@torch.inference_mode()
def measure(net, dev, labels):
    """Development figures: gold tokens and gold sentences for the trees, predicted starts for the splitter."""
    net.eval()
    c = collections.Counter()
    f1 = lambda k: round(200 * c[k + "+"] / max(c[k + "g"] + c[k + "s"], 1), 2)
    for name, rows in dev.items():
        for idx in batches(rows, 4096, None):
            b = prepare(collate([rows[i] for i in idx]))
            with torch.autocast("cpu", torch.bfloat16):
                syn, ent, evt = net.words(b["ids"], b["shapes"], b["mask"], b["first"])
                trigger, sent = net.head["trigger"](evt).float().argmax(-1), net.head["sent"](syn).float().argmax(-1)
                known = b["sent"] != IGNORE
                c["sent+"] += int((known & (sent == 1) & (b["sent"] == 1)).sum())
                c["sentg"] += int((b["sent"] == 1).sum())
                c["sents"] += int((known & (sent == 1)).sum())
                if name == "gold":
                    for i in range(len(idx)):
                        n = len(rows[idx[i]]["first"])
                        g, s = collections.Counter(), collections.Counter()
                        sentence = rows[idx[i]]["sentence"]
                        for e in rows[idx[i]]["events"]:
                            g[int(sentence[e[0][0]]), int(rows[idx[i]]["trigger"][e[0][0]])] += 1
                        last = (None, 0)
                        for j in range(n):
                            k = int(trigger[i, j])
                            if k and (int(sentence[j]), k) != last:
                                s[int(sentence[j]), k] += 1
                            last = (int(sentence[j]), k)
                        c["event+"] += sum((g & s).values())
                        c["eventg"] += sum(g.values())
                        c["events"] += sum(s.values())
                    if b["events"]:
                        row, pick = torch.tensor([e[0] for e in b["events"]]), torch.tensor([e[1][-1] for e in b["events"]])
                        x = evt[row, pick]
                        c["n_event"] += len(row)
                        c["mode"] += int((net.head["mode"](x).argmax(-1) == torch.tensor([e[2] for e in b["events"]])).sum())
                        c["status"] += int((net.head["status"](x).argmax(-1) == torch.tensor([e[3] for e in b["events"]])).sum())
                        c["hist"] += int((net.head["hist"](x).argmax(-1) == torch.tensor([e[4] for e in b["events"]])).sum())
                        roles = net.roles(x, evt[row]).argmax(-1)
                        for k, e in enumerate(b["events"]):
                            gold = torch.from_numpy(e[5])
                            r = roles[k, :len(gold)]
                            c["role+"] += int(((r == gold) & (gold > 0)).sum())
                            c["roleg"] += int((gold > 0).sum())
                            c["roles"] += int(((r > 0) & (gold >= 0)).sum())
                    continue
                arcs = net.arcs(syn, b["allowed"])
                heads = arcs.argmax(-1)
                rel = net.relations(syn, heads).argmax(-1)
                known = b["head"] != IGNORE
                right = known & (heads == b["head_index"])
                universal = torch.tensor([labels["rel"].index(r.split(":")[0]) if r.split(":")[0] in labels["rel"] else i
                                          for i, r in enumerate(labels["rel"])])
                same = universal[rel] == universal[b["rel"].clamp(min=0)]
                c["n"] += int(known.sum())
                c["uas"] += int(right.sum())
                c["las"] += int((right & same).sum())
                for key in ("upos", "feats", "lemma"):
                    c[key] += int(((net.head[key](syn).argmax(-1) == b[key]) & known).sum())
                ner = net.head["ner"](ent).argmax(-1)
                for i in range(len(idx)):
                    g = rows[idx[i]]["ner"]
                    if (g != IGNORE).all():
                        a = names([list(data.NAMES)[int(k)] for k in g])
                        p = names([data.NER[int(k)] for k in ner[i, :len(g)]])
                        c["ner+"] += len(a & p)
                        c["nerg"] += len(a)
                        c["ners"] += len(p)
    net.train()
    n, e = max(c["n"], 1), max(c["n_event"], 1)
    return {**{k: round(100 * c[k] / n, 2) for k in ("upos", "feats", "lemma", "uas", "las")}, "sentF": f1("sent"), "nerF": f1("ner"),
            "eventF": f1("event"), "eventP": round(100 * c["event+"] / max(c["events"], 1), 1), "roleF": f1("role"),
            **{k: round(100 * c[k] / e, 1) for k in ("mode", "status", "hist")}}


class Average:
    """The running mean of a network's weights, which is what is measured and kept."""

    def __init__(self, net, decay):
        self.mean, self.decay = copy.deepcopy(net), decay

    @torch.no_grad()
    def update(self, net, step):
        share = 1 - min(self.decay, (step + 1) / (step + 10))
        torch._foreach_lerp_(list(self.mean.parameters()), list(net.parameters()), share)


def adopt(net, checkpoint, labels):
    """Takes a checkpoint's weights over; a head whose labels have changed since takes the rows of the labels that it shares."""
    state, old = checkpoint["state"], checkpoint["labels"]
    for name, values in labels.items():
        for part in ("weight", "bias"):
            key = f"head.{name}.{part}"
            if key in state and old[name] != values:
                fresh = net.state_dict()[key].clone()
                for i, v in enumerate(values):
                    v = v if v in old[name] or v[2:] not in data.COARSE["PLACE"] else v[:2] + "PLACE"
                    if v in old[name]:
                        fresh[i] = state[key][old[name].index(v)]
                state[key] = fresh
    net.load_state_dict(state)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", default="../../shared")
    ap.add_argument("--base", required=True, help="folder with the base model's model.safetensors and tokenizer.json")
    ap.add_argument("--out", default="out/model.pt")
    ap.add_argument("--epochs", type=int, default=10)
    ap.add_argument("--stop-after", type=int, help="end after this many epochs, with the rates planned for all")
    ap.add_argument("--repeat", default="gold=2,own=2,ecb=1", help="times an epoch shows the sets of event records")
    ap.add_argument("--budget", type=int, default=2560, help="padded pieces a batch")
    ap.add_argument("--encoder-lr", type=float, default=1e-4)
    ap.add_argument("--head-lr", type=float, default=2e-3)
    ap.add_argument("--init", help="checkpoint to go on from")
    ap.add_argument("--tree-share", type=int, default=1, help="an epoch shows one in this many of the treebanks' texts")
    ap.add_argument("--none-weight", type=float, default=0.5, help="weight of words without an event in the trigger loss")
    ap.add_argument("--average", type=float, default=0.998, help="decay of the running mean of the weights")
    ap.add_argument("--wire", type=float, default=0.4, help="share of the treebank sentences with a person's name that take wire style")
    ap.add_argument("--skip-wnut", action="store_true", help="leave the tweets of WNUT17 out")
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--max-batches", type=int, default=0, help="stop an epoch early, for a smoke test")
    a = ap.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(a.seed), random.seed(a.seed)
    rng = random.Random(a.seed)
    train, dev = read_sets(a.shared, a.skip_wnut)
    labels = label_sets(train)
    tokenizer = Tokenizer.from_file(a.base + "/tokenizer.json")
    pieces = data.Pieces(tokenizer)
    dev_rows = {k: encode(data.windows(v, pieces), labels) for k, v in dev.items()}
    print({k: (len(v), sum(len(s.words) for s in v)) for k, v in train.items()}, {k: len(v) for k, v in labels.items()}, flush=True)
    sizes = {**{k: len(v) for k, v in labels.items()}, "sent": 2, "trigger": 17, "status": 4, "hist": 2}
    net = Net(sizes, a.base)
    if a.init:
        adopt(net, torch.load(a.init, map_location="cpu", weights_only=False), labels)
    encoder = [p for n, p in net.named_parameters() if n.startswith("enc.") and "shape" not in n]
    heads = [p for n, p in net.named_parameters() if not n.startswith("enc.") or "shape" in n]
    opt = torch.optim.AdamW([{"params": encoder, "lr": a.encoder_lr}, {"params": heads, "lr": a.head_lr}], betas=(0.9, 0.98),
                            weight_decay=0.01, fused=True)
    repeat = {name: int(times) for name, times in (x.split("=") for x in a.repeat.split(","))}
    os.makedirs(os.path.dirname(a.out) or ".", exist_ok=True)
    net.train()
    average = Average(net, a.average)
    step, total, began = 0, None, time.time()
    for epoch in range(a.epochs):
        mixed = []
        for name, sentences in train.items():
            if name == "ner":  # large and noisy: half of it an epoch
                sentences = sentences[epoch % 2::2]
            elif name in ("ewt", "gum") and a.tree_share > 1:
                sentences = texts_of(sentences, a.tree_share, rng)
            if name in ("ewt", "gum"):
                sentences = list(wire.rewrite(sentences, a.wire, rng))
            for _ in range(repeat.get(name, 1) if sentences else 0):
                mixed.append(encode(data.windows(sentences, pieces, jitter=rng), labels))
        plan = [(rows, idx) for rows in mixed for idx in batches(rows, a.budget, rng)]
        rng.shuffle(plan)
        if a.max_batches:
            plan = plan[:a.max_batches]
        total = total or len(plan) * a.epochs
        sums = []
        for rows, idx in plan:
            factor = min(1.0, (step + 1) / 200) * max(0.01, 1 - step / total)
            for g, lr in zip(opt.param_groups, (a.encoder_lr, a.head_lr)):
                g["lr"] = lr * factor
            b = prepare(collate([rows[i] for i in idx], rng, drop=0.03))
            with torch.autocast("cpu", torch.bfloat16):
                loss = losses(net, b, a.none_weight)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            average.update(net, step)
            sums.append(loss.item())
            step += 1
            if step % 100 == 0:
                print(f"step {step}/{total} loss {np.mean(sums[-100:]):.3f} {time.time() - began:.0f}s", flush=True)
        mean = average.mean
        own = measure(mean, {"gold": dev_rows["own"]}, labels)
        figures = measure(mean, {k: v for k, v in dev_rows.items() if k != "own"}, labels)
        figures.update({f"own {k}": own[k] for k in ("eventF", "eventP", "roleF", "mode", "status", "hist")})
        print(f"epoch {epoch + 1}", json.dumps(figures), f"{time.time() - began:.0f}s", flush=True)
        torch.save({"state": mean.state_dict(), "labels": labels, "sizes": sizes, "figures": figures, "args": vars(a)}, a.out)
        if epoch + 1 == a.stop_after:
            break


if __name__ == "__main__":
    main()
