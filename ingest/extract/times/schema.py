"""What the YAML files of the temporal grammar may hold; a mistake is reported with file and line."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StrictStr, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from kb.errors import TimeDataError

T = TypeVar("T")


def _lower(word: str) -> str:
    if word != word.lower():
        raise PydanticCustomError("lower", "'{word}' must be lower case", {"word": word})
    return word


Lower = Annotated[StrictStr, AfterValidator(_lower)]
Word = Annotated[Lower, Field(min_length=1, pattern=r"^\S+$")]
"""One word: a phrase belongs to the phrases of cues.yaml."""
Noun = Annotated[Lower, Field(min_length=1, pattern=r"^\S+( \S+)?$")]
"""A noun, or one with the word before it that tells what it is: "effective date"."""
Month = Annotated[StrictInt, Field(ge=1, le=12)]
Weekday = Annotated[StrictInt, Field(ge=1, le=7)]
Timex = Annotated[StrictStr, Field(pattern=r"^(PAST_REF|PRESENT_REF|FUTURE_REF|[0-9XP][0-9A-Z:.-]*)$")]
Unit = Literal["TS", "TM", "TH", "D", "NI", "W", "FN", "WE", "M", "Q", "Y", "DE", "CE"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsForm(_Form):
    """words.yaml: category to word to value."""

    month: dict[Word, Month]
    weekday: dict[Word, Weekday]
    weekdays: dict[Word, Weekday]
    parts: dict[Word, Literal["MO", "AF", "EV", "NI"]]
    season: dict[Word, Literal[3, 6, 9, 12]]
    number: dict[Word, StrictInt]
    scale: dict[Word, StrictInt]
    ordinal: dict[Word, StrictInt]
    tens: dict[Word, StrictInt]
    suffix: dict[Word, StrictStr]
    article: dict[Word, StrictInt]
    vague: dict[Word, Literal["X"]]
    unit: dict[Word, Unit]
    part: dict[Word, StrictStr]
    day: dict[Word, StrictInt]
    which: dict[Word, Literal["last", "this", "next", "that", "following", "previous"]]
    edge: dict[Word, Literal["early", "mid", "late", "middle", "start", "end", "rest"]]
    reference: dict[Word, Timex]
    set: dict[Word, Timex]
    span: dict[Word, Timex]
    every: dict[Word, Literal["EVERY", "EACH"]]
    times: dict[Word, StrictInt]
    meridiem: dict[Word, Literal[0, 12]]
    zone: dict[Word, StrictStr]


class CuesForm(_Form):
    """cues.yaml: lists of words, and phrases with their value; the file says what each list is for."""

    verbs: list[Lower]
    ahead: list[Lower]
    due: list[Lower]
    behind: list[Lower]
    lately: list[Lower]
    causes: list[Lower]
    looking_ahead: list[Lower]
    future_modals: list[Lower]
    prospective: list[Lower]
    promising: list[Lower]
    demanding: list[Lower]
    issued: list[Lower]
    beginning: list[Lower]
    plurals: list[Lower]
    relating: list[Lower]
    following: list[Lower]
    causing: list[Lower]
    alike: list[Lower]
    persuading: list[Lower]
    moving: list[Lower]
    setting: list[Lower]
    naming: list[Lower]
    reading: list[Lower]
    year_cues: list[Lower]
    month_cues: list[Lower]
    month_people: list[Lower]
    month_verbs: list[Lower]
    amount_signs: list[Lower]
    name_tails: list[Lower]
    papers: list[Lower]
    name_heads: list[Lower]
    feast_tails: list[Lower]
    granting: list[Lower]
    imposing: list[Lower]
    giving: list[Lower]
    spans: list[Lower]
    obliging: list[Lower]
    happenings: dict[Noun, list[Word]]
    phrases: dict[Lower, Timex]


Part = tuple[Literal["day", "month", "year"], StrictInt, StrictInt]
ModifiersForm = dict[
    Literal["early", "mid", "late", "middle", "first half", "second half"],
    dict[Literal["week", "month", "quarter", "season", "year", "decade", "century"], Part],
]
"""modifiers.yaml: modifier to precision to the part of it."""


class PublicDayForm(_Form):
    """A row of recurring.yaml."""

    names: Annotated[list[Lower], Field(min_length=1)]
    day: tuple[Month, Annotated[StrictInt, Field(ge=1, le=31)]] | None = None
    nth: tuple[Month, Weekday, Annotated[StrictInt, Field(ge=-5, le=5)]] | None = None
    easter: StrictInt | None = None
    shift: StrictInt = 0
    years: tuple[Annotated[StrictInt, Field(ge=1)], StrictInt] = (1, 0)
    once: StrictInt | None = None

    def model_post_init(self, _: object) -> None:
        """One rule says when it is."""
        if sum(rule is not None for rule in (self.day, self.nth, self.easter)) != 1:
            raise PydanticCustomError("rule", "give one of day, nth and easter")


class RememberedForm(_Form):
    """A row of remembered.yaml."""

    day: tuple[Month, Annotated[StrictInt, Field(ge=1, le=31)]]
    year: StrictInt
    words: Annotated[list[Word], Field(min_length=1)]


def read_form(name: str, text: str, form: type[T]) -> T:
    """The content of a data file, or TimeDataError naming file, line and mistake."""
    try:
        return TypeAdapter(form).validate_python(yaml.load(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        raise TimeDataError(
            f"{name}:{mark.line + 1 if mark else 1}: not valid YAML: {getattr(err, 'problem', err)}"
        ) from err
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(step) for step in first["loc"] if step != "[key]")
        raise TimeDataError(f"{name}:{_line(text, first['loc'])}: {where}: {first['msg']}") from err


def _line(text: str, location: tuple[int | str, ...]) -> int:
    """Line, from 1, of the deepest part of `location` that the file has."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for step in location:
        node = _child(node, step)
        if node is None:
            break
        line = int(node.start_mark.line) + 1
    return line


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    return None
