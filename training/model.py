"""The encoder with its heads, as ../model/FORMAT.md describes it."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

H, LAYERS, HEADS = 384, 6, 12
SHAPES = 26


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.o = nn.Linear(H, 3 * H), nn.Linear(H, H)
        self.ln1, self.ln2 = nn.LayerNorm(H, 1e-12), nn.LayerNorm(H, 1e-12)
        self.f1, self.f2 = nn.Linear(H, 4 * H), nn.Linear(4 * H, H)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = (y.view(b, t, HEADS, H // HEADS).transpose(1, 2) for y in self.qkv(x).chunk(3, -1))
        c = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.ln1(x + self.drop(self.o(c.transpose(1, 2).reshape(b, t, H))))
        return self.ln2(x + self.drop(self.f2(F.gelu(self.f1(x)))))


class Encoder(nn.Module):
    """Returns the embedding output and every layer's output: [LAYERS + 1][batch, pieces, H]."""

    def __init__(self, base):
        super().__init__()
        self.word, self.pos, self.shape = nn.Embedding(30522, H), nn.Embedding(256, H), nn.Embedding(SHAPES, H)
        self.ln, self.drop = nn.LayerNorm(H, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.shape.weight)
        if base:
            self.load_base(base)

    def load_base(self, folder):
        t = {k.removeprefix("bert."): v for k, v in load_file(folder + "/model.safetensors").items()}
        with torch.no_grad():
            self.word.weight.copy_(t["embeddings.word_embeddings.weight"])
            self.pos.weight.copy_(t["embeddings.position_embeddings.weight"][:256] + t["embeddings.token_type_embeddings.weight"][0])
            self.ln.weight.copy_(t["embeddings.LayerNorm.weight"]), self.ln.bias.copy_(t["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for a in ("weight", "bias"):
                    layer.qkv.get_parameter(a).copy_(torch.cat([t[f"{p}attention.self.{n}.{a}"] for n in ("query", "key", "value")]))
                    for mine, theirs in (("o", "attention.output.dense"), ("ln1", "attention.output.LayerNorm"), ("f1", "intermediate.dense"),
                                         ("f2", "output.dense"), ("ln2", "output.LayerNorm")):
                        layer.get_submodule(mine).get_parameter(a).copy_(t[f"{p}{theirs}.{a}"])

    def forward(self, ids, shapes, mask):
        t = ids.shape[1]
        x = self.drop(self.ln(self.word(ids) + self.pos.weight[:t] + self.shape(shapes)))
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        out = [x]
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
        return out


def one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


class Net(nn.Module):
    """`sizes`: number of labels of each head by name."""

    LINEAR = {"sent": 0, "upos": 0, "feats": 0, "lemma": 0, "ner": 1, "trigger": 2, "mode": 2, "status": 2, "hist": 2}
    A, R, S = 256, 64, 64

    def __init__(self, sizes, base):
        super().__init__()
        self.enc = Encoder(base)
        self.head = nn.ModuleDict({k: nn.Linear(H, sizes[k]) for k in self.LINEAR})
        self.arc_dep, self.arc_head = nn.Linear(H, self.A), nn.Linear(H, self.A)
        self.rel_dep, self.rel_head = nn.Linear(H, self.R), nn.Linear(H, self.R)
        self.role_trig, self.role_arg = nn.Linear(H, self.S), nn.Linear(H, self.S)
        self.arc_U = nn.Parameter(torch.randn(self.A + 1, self.A) * 0.02)
        self.rel_R = nn.Parameter(torch.randn(sizes["rel"], self.R + 1, self.R + 1) * 0.02)
        self.role_S = nn.Parameter(torch.randn(7, self.S + 1, self.S + 1) * 0.02)
        self.root = nn.Parameter(torch.randn(H) * 0.02)
        mix = torch.zeros(3, LAYERS + 1)
        mix[:, -1] = 2.0
        self.mix, self.gamma = nn.Parameter(mix), nn.Parameter(torch.ones(3))
        self.drop = nn.Dropout(0.2)

    def mixture(self):
        return torch.softmax(self.mix, -1) * self.gamma[:, None]

    def words(self, ids, shapes, mask, first):
        """Word vectors of the three tasks: 3 x [batch, words, H]."""
        layers = self.enc(ids, shapes, mask)
        index = first.unsqueeze(-1).expand(-1, -1, H)
        stack = torch.stack([torch.gather(x, 1, index) for x in layers])
        return [self.drop(torch.einsum("l,lbwh->bwh", m.to(stack.dtype), stack)) for m in self.mixture()]

    def act(self, layer, x):
        return self.drop(F.leaky_relu(layer(x), 0.1))

    def arcs(self, x, allowed):
        """Scores [batch, words, words + 1] of each head (0 = root) for each word; `allowed` masks other sentences out."""
        heads = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, H), x], 1)
        scores = one(self.act(self.arc_dep, x)) @ self.arc_U.to(x.dtype) @ self.act(self.arc_head, heads).transpose(1, 2)
        return scores.float().masked_fill(~allowed, -1e9)

    def relations(self, x, heads):
        """Scores [batch, words, relations] for the given heads (0 = root)."""
        candidates = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, H), x], 1)
        d, h = one(self.act(self.rel_dep, x)), one(self.act(self.rel_head, candidates))
        h = torch.gather(h, 1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, h.shape[-1]))
        return (torch.einsum("nwi,rij->nwrj", d, self.rel_R.to(x.dtype)) * h.unsqueeze(2)).sum(-1).float()

    def roles(self, trigger, words):
        """Scores [triggers, words, 7] for trigger vectors [triggers, H] and word vectors [triggers, words, H]."""
        t, a = one(self.act(self.role_trig, trigger)), one(self.act(self.role_arg, words))
        return torch.einsum("ti,cij,twj->twc", t, self.role_S.to(t.dtype), a).float()
