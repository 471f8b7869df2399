"""What a person's own Cypher may hold: reading the graph. Checked before it is sent, so that the answer is clear.

The stores refuse to write by themselves. What they let a reader do is refused here: read files (`LOAD CSV`), ask for
settings, users and transactions (`SHOW`, `dbms` procedures), go to another database (`USE`). Words are looked for where
a server would find them: not in texts, comments and quoted names. EXPLAIN and PROFILE are refused as well, because
their plans would not be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kb.errors import QueryRejected

_STARTS = frozenset({"match", "optional", "unwind", "with", "return", "call"})
_WRITES = frozenset({"create", "merge", "set", "delete", "detach", "nodetach", "remove", "foreach", "insert"})
_PAIRS = frozenset({("load", "csv"), ("periodic", "commit")})
_PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
    }
)
_TOKEN = re.compile(
    r"""
      (?P<skip>   \s+ | //[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]* | /\*.*?\*/ )
    | (?P<text>   '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )
    | (?P<quoted> `(?:[^`]|``)*` )
    | (?P<word>   [^\W\d]\w* )
    | (?P<number> \d+ )
    | (?P<sign>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_ESCAPE = re.compile(r"\\u+00[0-7][0-9a-f]|\\u0{6}[0-7][0-9a-f]", re.IGNORECASE)
r"""Neo4j replaces `\u0027` by `'` before anything else: such an escape may end a text, or spell a word."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of Cypher; words are folded to lower case, quoted names stripped of their quotes."""

    kind: str
    value: str

    @property
    def names(self) -> bool:
        """True for what may be a name, or the start of a clause."""
        return self.kind in ("word", "quoted")


_NOTHING = Token("sign", "")


def check_reading(cypher: str) -> None:
    """Raise QueryRejected, naming what is in the way, unless `cypher` reads the graph and does nothing else."""
    if _PLAIN_ESCAPE.search(cypher):
        raise QueryRejected(r"escapes of plain characters, such as \u0041 for A, are not allowed: write the character")
    tokens = list(_tokens(cypher))
    if not tokens:
        raise QueryRejected("the statement is empty")
    if tokens[0].value not in _STARTS:
        raise QueryRejected(
            f"{tokens[0].value.upper()} does not start a statement that reads: "
            "begin with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL"
        )
    for at, token in enumerate(tokens):
        if token.kind == "word":
            _check_word(tokens, at)
        elif token.kind == "sign":
            _check_sign(token.value, _at(tokens, at + 1))


def _tokens(cypher: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(cypher):
        kind, text = str(match.lastgroup), match[0]
        if kind == "word":
            yield Token(kind, unicodedata.normalize("NFKC", text).casefold())
        elif kind == "quoted":
            yield Token(kind, text[1:-1].replace("``", "`").casefold())
        elif kind != "skip":
            yield Token(kind, text)


def _check_sign(sign: str, after: Token) -> None:
    if sign in ("'", '"', "`"):
        raise QueryRejected(f"a {sign} is opened but not closed")
    if sign == "/" and after.value == "*":
        raise QueryRejected("a comment is opened but not closed")
    if sign == "\\":
        raise QueryRejected("a backslash is only allowed inside a string")
    if sign == ";" and after is not _NOTHING:
        raise QueryRejected("only one statement at a time is allowed")


def _check_word(tokens: Sequence[Token], at: int) -> None:
    word, after = tokens[at].value, _at(tokens, at + 1)
    if after.kind == "word" and (word, after.value) in _PAIRS:
        raise QueryRejected(f"{word.upper()} {after.value.upper()} is not allowed")
    if _follows_name(tokens, at):
        return
    if word == "call" and after.names:
        _check_procedure(tokens, at + 1)
    elif word == "use" and after.names:
        raise QueryRejected("USE is not allowed: there is only one graph")
    elif word == "dbms" and after.value == ".":
        raise QueryRejected("dbms procedures and functions are not allowed")
    elif word == "in" and _at(tokens, at - 1).value == "}" and "transactions" in _values(tokens, at + 1, at + 6):
        raise QueryRejected("IN TRANSACTIONS is not allowed: reading needs none")
    elif word in _WRITES and (after.names or after.value == "(") and _at(tokens, at - 1).value not in ("as", "$"):
        raise QueryRejected(f"{word.upper()} writes, but only reading is allowed here")


def _check_procedure(tokens: Sequence[Token], at: int) -> None:
    parts = takewhile(lambda token: token.names or token.value == ".", tokens[at:])
    name = "".join(_dotted(list(parts)))
    if name not in _PROCEDURES:
        raise QueryRejected(f"procedure {name} is not allowed; the allowed ones are {', '.join(sorted(_PROCEDURES))}")


def _dotted(parts: Sequence[Token]) -> Iterator[str]:
    """The values up to the first name that no dot joins to the one before: `db.labels YIELD` ends at `labels`."""
    for at, token in enumerate(parts):
        if at and token.names and parts[at - 1].names:
            return
        yield token.value


def _follows_name(tokens: Sequence[Token], at: int) -> bool:
    """True for a property or a label (`n.call`, `:Call`): the digits of `1.` are no name."""
    joint, before = _at(tokens, at - 1).value, _at(tokens, at - 2)
    return joint in (".", ":") and (before.names or before.value in ("(", "[", "|", "&", "!"))


def _values(tokens: Sequence[Token], start: int, end: int) -> list[str]:
    return [token.value for token in tokens[start:end]]


def _at(tokens: Sequence[Token], at: int) -> Token:
    return tokens[at] if 0 <= at < len(tokens) else _NOTHING
