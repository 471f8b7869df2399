"""Reads the ontology's YAML files into an `Ontology`, or says which line of which file is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kb.errors import OntologyError
from kb.model import EntityKind, Status
from kb.ontology.model import (
    OTHER,
    Condition,
    EventType,
    Example,
    Filler,
    Ontology,
    Pattern,
    Role,
    SpeechLexicon,
    StatusLexicon,
    WordLexicon,
)
from kb.ontology.schema import (
    ClassesForm,
    ClassForm,
    RoleForm,
    SpeechForm,
    StatusForm,
    TopicsForm,
    TypeForm,
    WordsForm,
)
from kb.shipped import compiled

_HOME = Path(__file__).parent
_NOT = "not-"
_ARTICLES = ("a", "an", "the")
_DATE = "~date"
_TOPIC = "topic"
_PER_SLOT = {"subject": 0.8}
"""What a met condition adds to a pattern's weight, if not 1: who acts says less about the act than what is acted on."""
_HEADS = ("verb", "noun")

FormT = TypeVar("FormT", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which `on`, `off`, `no` and `yes` are words: prepositions and cues, not truth values."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class _File(NamedTuple):
    path: Path
    node: yaml.Node

    def line(self, *location: object) -> int:
        """Line, from 1, of the deepest part of `location` that the file has."""
        node = self.node
        for step in location:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return int(node.start_mark.line) + 1

    def error(self, message: str, *location: object) -> OntologyError:
        """An error that names the place."""
        return OntologyError(f"{self.path}:{self.line(*location)}: {message}")


def load_ontology(extra: Path | None = None) -> Ontology:
    """The program's event types, and those of the folder `extra`: one `.yaml` per type, as in `kb/ontology/types`.

    A type of `extra` with the id of a built-in one replaces it. Raises OntologyError, naming file and line.
    """
    return _read_types(extra) if extra else compiled("kb.ontology", lambda: _read_types(None))


def _read_types(extra: Path | None) -> Ontology:
    classes = _read(_HOME / "lexicon" / "classes.yaml", ClassesForm)[1].classes
    topics = _read(_HOME / "lexicon" / "topics.yaml", TopicsForm)[1].topics
    forms = {form.id: (file, form) for file, form in _type_forms(extra)}
    if OTHER not in forms:
        raise OntologyError(f"no event type has the id {OTHER!r}: events without a better type need it")
    verbs: defaultdict[str, list[Pattern]] = defaultdict(list)
    nouns: defaultdict[str, list[Pattern]] = defaultdict(list)
    for file, form in forms.values():
        for pattern in _plain(form.id, form.triggers.verbs, noun=False):
            verbs[pattern.head].append(pattern)
        for pattern in _plain(form.id, form.triggers.nouns, noun=True):
            nouns[pattern.head].append(pattern)
        for is_noun, pattern in _conditional(file, form, classes, topics):
            (nouns if is_noun else verbs)[pattern.head].append(pattern)
    words = _read(_HOME / "lexicon" / "words.yaml", WordsForm)[1]
    speech = _read(_HOME / "lexicon" / "speech.yaml", SpeechForm)[1]
    return Ontology(
        types={id_: _event_type(form) for id_, (_, form) in forms.items()},
        verbs={head: tuple(patterns) for head, patterns in verbs.items()},
        nouns={head: tuple(patterns) for head, patterns in nouns.items()},
        status=_status_lexicon(_read(_HOME / "lexicon" / "status.yaml", StatusForm)[1]),
        speech=SpeechLexicon(
            verbs=frozenset(speech.verbs),
            sources=frozenset(speech.sources),
            hearsay=frozenset(speech.hearsay),
            records=frozenset(speech.records),
            shows=frozenset(speech.shows),
            unnamed=frozenset(speech.unnamed),
        ),
        words=WordLexicon(**{name: frozenset(value) for name, value in words}),
        topics=_topics_by_word(topics),
    )


def type_names() -> list[str]:
    """The ids of the event types that are shipped, in order, without reading what their files say."""
    return sorted(path.stem for path in (_HOME / "types").glob("*.yaml"))


def _type_forms(extra: Path | None) -> Iterator[tuple[_File, TypeForm]]:
    for folder in (_HOME / "types", *([extra] if extra else [])):
        if not folder.is_dir():
            raise OntologyError(f"{folder}: not a folder of event types")
        for path in sorted(folder.glob("*.yaml")):
            file, form = _read(path, TypeForm)
            if form.id != path.stem:
                raise file.error(f"the id {form.id!r} differs from the file's name", "id")
            yield file, form


def _read(path: Path, form: type[FormT]) -> tuple[_File, FormT]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise OntologyError(f"{path}: cannot be read: {err}") from err
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        content = loader.construct_document(node) if node else None
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise OntologyError(f"{path}:{line}: not valid YAML: {getattr(err, 'problem', err)}") from err
    finally:
        loader.dispose()
    if node is None:
        raise OntologyError(f"{path}:1: the file is empty")
    file = _File(path, node)
    try:
        return file, form.model_validate(content)
    except ValidationError as err:
        errors = err.errors()
        first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
        where = ".".join(str(step) for step in first["loc"])
        raise file.error(f"{where}: {first['msg']}", *first["loc"]) from err


def _child(node: yaml.Node, step: object) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None


def _plain(type_: str, phrases: Iterable[str], *, noun: bool) -> Iterator[Pattern]:
    for phrase in phrases:
        head, rest = _split(phrase, noun=noun)
        yield Pattern(type_, head, rest, (), 1 + len(rest))


def _split(phrase: str, *, noun: bool) -> tuple[str, tuple[str, ...]]:
    words = [word for word in phrase.split() if word not in _ARTICLES]
    return (words[-1], tuple(words[:-1])) if noun else (words[0], tuple(words[1:]))


def _topics_by_word(topics: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic, words in topics.items():
        for word in words:
            found[word].add(topic)
    return {word: frozenset(about) for word, about in found.items()}


def _conditional(
    file: _File, form: TypeForm, classes: Mapping[str, ClassForm], topics: Container[str]
) -> Iterator[tuple[bool, Pattern]]:
    for index, raw in enumerate(form.triggers.patterns):
        place = ("triggers", "patterns", index)
        heads = [key for key in _HEADS if key in raw]
        if len(heads) != 1:
            raise file.error("a pattern needs either 'verb' or 'noun'", *place)
        slots = {key: value for key, value in raw.items() if key not in (*_HEADS, "weight")}
        for slot in (_TOPIC, _NOT + _TOPIC):
            unknown = [topic for topic in _words(slots.get(slot, [])) if topic not in topics]
            if unknown:
                raise file.error(f"no topic {unknown[0]!r} in lexicon/topics.yaml", *place, slot)
        if len(raw) == 1:
            raise file.error("a pattern without a condition or weight belongs under 'verbs' or 'nouns'", *place)
        conditions = tuple(_condition(file, slot, value, classes, (*place, slot)) for slot, value in slots.items())
        weight, phrases = raw.get("weight"), raw[heads[0]]
        if isinstance(phrases, float) or isinstance(weight, list):
            raise file.error("words must be text and a weight a number", *place)
        is_noun = heads[0] == "noun"
        for phrase in phrases:
            head, rest = _split(phrase, noun=is_noun)
            own = 1 + len(rest) + sum(_PER_SLOT.get(c.slot, 1.0) for c in conditions if not c.absent)
            yield is_noun, Pattern(form.id, head, rest, conditions, own if weight is None else weight)


def _words(value: list[str] | float) -> list[str]:
    return [] if isinstance(value, float) else value


def _condition(
    file: _File, slot: str, value: list[str] | float, classes: Mapping[str, ClassForm], place: tuple[object, ...]
) -> Condition:
    if isinstance(value, float):
        raise file.error(f"{slot}: needs words, not a number", *place)
    words: set[str] = set()
    kinds: set[EntityKind] = set()
    dated = False
    for word in value:
        if word.startswith("$") and len(word) > 1:
            if word[1:] not in classes:
                raise file.error(f"no word class {word[1:]!r} in lexicon/classes.yaml", *place)
            words.update(classes[word[1:]].words)
            kinds.update(classes[word[1:]].kinds)
        elif word == _DATE:
            dated = True
        elif word.startswith("~"):
            if word[1:] not in [kind.value for kind in EntityKind]:
                raise file.error(f"no entity kind {word[1:]!r}", *place)
            kinds.add(EntityKind(word[1:]))
        else:
            words.add(word)
    filler = Filler(frozenset(words), frozenset(kinds), dated)
    return Condition(slot.removeprefix(_NOT), filler, slot.startswith(_NOT))


def _role(name: str, form: RoleForm) -> Role:
    return Role(name, tuple(form.places), frozenset(form.kinds), frozenset(form.callings), form.uncalled)


def _event_type(form: TypeForm) -> EventType:
    return EventType(
        id=form.id,
        label=form.label,
        description=form.description,
        family=form.family,
        plover=form.plover,
        roles=tuple(_role(name, role) for name, role in form.roles.items()),
        examples=tuple(
            Example(example.text, example.trigger, example.status, holds)
            for holds, examples in ((True, form.examples.positive), (False, form.examples.negative))
            for example in examples
        ),
    )


def _status_lexicon(form: StatusForm) -> StatusLexicon:
    words: dict[str, Any] = {name: _by_word(v) if isinstance(v, dict) else frozenset(v) for name, v in form}
    return StatusLexicon(**words)


def _by_word(by_status: Mapping[Status, Iterable[str]]) -> dict[str, Status]:
    return {word: status for status, words in by_status.items() for word in words}
