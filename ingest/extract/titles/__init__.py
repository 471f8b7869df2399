"""Short titles for events, of the sentence's own words: who, does what, to whom, and what the verb needs besides.

On December 6, 2024, a federal appeals court upheld a law requiring the firm to divest.
-> Federal appeals court upholds law requiring firm to divest

head        trigger -> the word that the title is built around; bounds: where its clause begins and ends
kept        the words of the clause that are kept (subjects, phrase, wanted); trimmed: without loose ends
whole       what stands between those words, and right behind them, if the parse leaves it out for no plain reason
room        those without whole phrases, if they are too long for a line
teller      who says what stands before it, where the parser takes the saying for a part of that
meant       whom a pronoun means without doubt; cutting: what stands behind a verb, where the parse ties nothing to it
wording     those words as a title has them: verbs in the present (forms), pronouns by name
compose     all of it, with what the clause leaves out
line        one line of at most 100 characters, with who speaks if he speaks of himself
lexicon     the word lists of all these (words.yaml)
"""

from ingest.extract.titles.compose import phrase_title, title_of
from ingest.extract.titles.line import said_by

__all__ = ["phrase_title", "said_by", "title_of"]
