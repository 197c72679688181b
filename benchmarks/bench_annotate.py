"""Annotation side by side with the libraries that a user would pick instead.

    pip install pyahocorasick ahocorasick_rs flashtext flashtext2 spacy
    python benchmarks/bench_annotate.py [--rounds 15] [--megabytes 0.5]

Every engine finds the same names as whole words, the longest that begins leftmost, and
answers with start, end, text and terms. The Aho-Corasick libraries know no words: they
report all occurrences, of which a filter, as fast as Python allows, keeps whole words and
resolves the overlaps. The other engines are told plurals and British spellings as names of
their own, in lower case; the text they read has its hyphens and line ends replaced by
spaces, which is counted. What is compared afterwards, in Python: the case of names whose case
counts, and the sign behind a name, as in "3.5" and "model's". Accents, no-break spaces and other
characters beyond ASCII, which genai_terms folds, they need not heed.

One process, the engines in random order in every round, processor time; spaCy reads a part
of the text. A ratio is the median over the rounds of the other's time to ours: above 1, we
are faster. "agrees" is the share of mentions, by start and end, that both found.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
from collections import Counter
from functools import partial

from _measure import interleaved, ratio, table, versions

from genai_terms import Glossary, Term, glossary
from genai_terms._annotate import Annotator
from genai_terms._annotate.forms import PROPER_KINDS, forms
from genai_terms._names import surfaces

SPACY_CHARACTERS = 40_000
LINE, LINES = 114, 200
SHARE_OF_NAMES = 0.01
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
JOINING = frozenset("'’.,;")


def told(terms):
    """The names as the other engines are told them: terms, and spellings where case counts."""
    names = {}
    for term in terms:
        known = list(surfaces(term))
        for surface in known:
            for form in forms(surface, known, proper=term.kind in PROPER_KINDS):
                plain = flat(form.text)
                ids, spellings = names.setdefault(plain.lower(), ([], set()))
                ids.append(term.id)
                spellings.add(plain if form.by_case else None)
    return {
        name: (tuple(dict.fromkeys(ids)), None if None in spellings else frozenset(spellings))
        for name, (ids, spellings) in names.items()
    }


def flat(text):
    return text.replace("-", " ").replace("\n", " ")


def whole(text, start, end):
    """Where a mention ends that lies between letters of no word; 0 if a sign goes on with it."""
    if text[start - 1 : start] in JOINING and joined(text, start - 1):
        return 0
    if text[end : end + 1] not in JOINING:
        return end
    possessive = text[end] in "'’" and text[end + 1 : end + 2] in ("s", "S")
    if possessive and not text[end + 2 : end + 3].isalnum():
        return end + 2
    return 0 if joined(text, end) else end


def joined(text, at):
    """Whether the sign at *at* is inside a word: Unicode Annex 29, WB6, WB7, WB11, WB12."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in ",;":
        return before.isdecimal() and after.isdecimal()
    letters = before.isalpha() and after.isalpha()
    return letters or (before.isdecimal() and after.isdecimal())


def resolved(hits, text):
    """Leftmost longest of (start, -end, what the name means), if case and signs allow."""
    hits.sort(key=lambda hit: hit[:2])
    kept, done = [], 0
    for start, minus_end, (ids, spellings) in hits:
        if start >= done:
            end = -minus_end
            if spellings is None or flat(text[start:end]) in spellings:
                end = whole(text, start, end)
                if end:
                    done = end
                    kept.append((start, end, text[start:end], ids))
    return kept


def pyahocorasick(names):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, meant in names.items():
        automaton.add_word(name, (len(name) - 1, meant))
    automaton.make_automaton()

    def find(text):
        low = f"{flat(text).lower()} "
        hits = [
            (last - before, -last - 1, meant)
            for last, (before, meant) in automaton.iter(low)
            if low[last + 1] not in LETTERS and low[last - before - 1] not in LETTERS
        ]
        return resolved(hits, text)

    return find


def ahocorasick_rs(names):
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(list(names))
    meanings = list(names.values())

    def find(text):
        low = f"{flat(text).lower()} "
        hits = [
            (start, -end, meanings[number])
            for number, start, end in automaton.find_matches_as_indexes(low, overlapping=True)
            if low[end] not in LETTERS and low[start - 1] not in LETTERS
        ]
        return resolved(hits, text)

    return find


def spelled(hits, text):
    """The hits (start, end, what the name means) whose case is right."""
    return [
        (start, stop, text[start:stop], ids)
        for start, end, (ids, spellings) in hits
        if spellings is None or flat(text[start:end]) in spellings
        for stop in [whole(text, start, end)]
        if stop
    ]


def flashtext(names):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for name, meant in names.items():
        processor.add_keyword(name, meant)

    def find(text):
        hits = processor.extract_keywords(flat(text), span_info=True)
        return spelled([(start, end, meant) for meant, start, end in hits], text)

    return find


def flashtext2(names):
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    processor.add_keywords_from_iter(iter(names))

    def find(text):
        hits = processor.extract_keywords_with_span(flat(text))
        return spelled([(start, end, names[name]) for name, start, end in hits], text)

    return find


def spacy(names):
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name in names:
        matcher.add(name, [nlp.make_doc(name)])

    def find(text):
        spans = filter_spans(matcher(nlp.make_doc(flat(text)), as_spans=True))
        hits = [(span.start_char, span.end_char, names[span.label_]) for span in spans]
        return spelled(hits, text)

    return find


RIVALS = {
    engine.__name__: engine
    for engine in (pyahocorasick, ahocorasick_rs, flashtext, flashtext2, spacy)
}


def prose(terms):
    return "\n\n".join(
        section
        for term in terms
        for section in (term.definition, term.overview, term.how_it_works, term.deep_dive)
        if section
    )


def made_up(count, characters, rng):
    """Terms named by one to four English words, and running words of which some are names.

    The words are those of the built-in glossary's prose, as frequent as there; every name
    has one that is not among the most frequent. About three in a hundred places are names.
    """
    tally = Counter(re.findall("[a-z]{2,}", prose(glossary).lower()))
    frequent = [word for word, _ in tally.most_common()]
    names = set()
    while len(names) < count:
        size = rng.choices((1, 2, 3, 4), (10, 45, 35, 10))[0]
        words = [rng.choice(frequent[1000:]), *rng.choices(frequent[100:], k=size - 1)]
        names.add(" ".join(rng.sample(words, size)))
    listed = sorted(names)
    running = rng.choices(list(tally), list(tally.values()), k=characters // 6)
    for at in rng.sample(range(len(running)), int(len(running) * SHARE_OF_NAMES)):
        running[at] = rng.choice(listed)
    for at in range(0, len(running), 9):
        running[at] += rng.choice([".\n", ",", ",", ".", ";"])
    terms = [Term(id=f"t{at}", name=n.capitalize(), definition="A.") for at, n in enumerate(listed)]
    return terms, " ".join(running)[:characters]


def each(find, lines):
    for line in lines:
        find(line)


def spans(found):
    return {(mention[0], mention[1]) for mention in found}


def compare(title, terms, text, rounds):
    names = told(terms)
    annotate = Annotator(Glossary(terms)).annotate
    engines = {"genai_terms": annotate}
    for name, make in RIVALS.items():
        try:
            engines[name] = make(names)
        except ImportError as error:
            print(f"{name} is left out: {error}")
    texts = {name: text if name != "spacy" else text[:SPACY_CHARACTERS] for name in engines}
    lines = [text[at : at + LINE] for at in range(0, LINE * LINES, LINE)]
    ours = {size: spans(annotate(text[:size])) for size in {len(t) for t in texts.values()}}
    long = interleaved({n: partial(f, texts[n]) for n, f in engines.items()}, rounds=rounds)
    long = {name: [t / len(texts[name]) for t in times] for name, times in long.items()}
    short = interleaved({n: partial(each, f, lines) for n, f in engines.items()}, rounds=rounds)
    rows = []
    for name, find in engines.items():
        theirs, known = spans(find(texts[name])), ours[len(texts[name])]
        rows.append((
            name,
            f"{1e-6 / statistics.median(long[name]):.1f}",
            f"{ratio(long, name, 'genai_terms'):.2f}",
            f"{statistics.median(short[name]) / LINES * 1e6:.1f}",
            f"{ratio(short, name, 'genai_terms'):.2f}",
            f"{len(theirs & known) / max(1, len(theirs | known)):.4f}",
        ))  # fmt: skip
    words = len(text.split())
    table(
        f"{title}: {len(terms):,} terms, {len(names):,} spellings; {len(text):,} characters, "
        f"{len(ours[len(text)]) / words:.1%} of whose words begin a mention",
        ("", "MB/s", "ratio", "µs a line", "ratio", "agrees"),
        rows,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--megabytes", type=float, default=0.5)
    arguments = parser.parse_args()
    characters = int(arguments.megabytes * 1e6)
    print(versions("pyahocorasick", "ahocorasick_rs", "flashtext", "flashtext2", "spacy"))
    text = prose(glossary)[:characters]
    compare("The built-in glossary in its own prose", list(glossary), text, arguments.rounds)
    for count in (4_000, 40_000):
        terms, text = made_up(count, characters, random.Random(count))
        compare(f"{count:,} made-up names", terms, text, arguments.rounds)


if __name__ == "__main__":
    main()
