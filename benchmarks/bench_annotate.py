"""Annotation side by side with the libraries that a user would pick instead.

    pip install pyahocorasick ahocorasick_rs flashtext flashtext2 spacy
    python benchmarks/bench_annotate.py [--rounds 9] [--megabytes 1]

Every engine finds the same names as whole words, the longest that begins leftmost. The
Aho-Corasick libraries know no words: they report all occurrences, of which a filter, as
fast as Python allows, keeps whole words and resolves the overlaps. The other engines are
told plurals and British spellings as names of their own, in lower case; the text they read
has its hyphens and line ends replaced by spaces, which is counted; names whose case counts
are checked afterwards. One process, engines in random order in every round; time is the
median over the rounds, a ratio the median of the ratios within a round (above 1, we are
faster). "agrees" is the share of mentions, by start and end, that both found.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import statistics
import time
from collections import Counter
from functools import partial
from importlib.metadata import version

from genai_terms import Glossary, Term, glossary
from genai_terms._annotate import Annotator
from genai_terms._annotate.forms import PROPER_KINDS, forms
from genai_terms._names import Surface

SHARE_OF_NAMES = 0.02
SPACY_CHARACTERS = 60_000
LINE = 114


def told(terms):
    """Every name as the other engines are told it, with the spellings if case counts."""
    names = {}
    for term in terms:
        known = [Surface(term.name, 0), *(Surface(text, 1) for text in term.abbreviations)]
        known += [Surface(text, 2) for text in (*term.aliases, *term.covers)]
        for surface in known:
            for form in forms(surface, known, proper=term.kind in PROPER_KINDS):
                plain = flat(form.text)
                spellings = names.setdefault(plain.lower(), set())
                spellings.add(plain if form.by_case else None)
    return {name: None if None in spellings else spellings for name, spellings in names.items()}


def flat(text):
    return text.replace("-", " ").replace("\n", " ")


def resolved(whole, text):
    """Leftmost longest of the occurrences (start, -end, spellings) that are whole words."""
    whole.sort(key=lambda hit: hit[:2])
    kept, done = [], 0
    for start, minus_end, spellings in whole:
        if start >= done and (spellings is None or text[start:-minus_end] in spellings):
            kept.append((start, -minus_end))
            done = -minus_end
    return kept


def is_word(char):
    return char.isalnum() or char == "_"


def genai_terms(names, terms):
    del names
    annotator = Annotator(Glossary(terms))
    return lambda text: [(m.start, m.end) for m in annotator.annotate(text)], annotator.annotate


def pyahocorasick(names):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, spellings in names.items():
        automaton.add_word(name, (len(name) - 1, spellings))
    automaton.make_automaton()

    def find(text):
        text = flat(text)
        low = f"{text.lower()} "
        whole = [
            (last - before, -last - 1, spellings)
            for last, (before, spellings) in automaton.iter(low)
            if not is_word(low[last + 1]) and not is_word(low[last - before - 1])
        ]
        return resolved(whole, text)

    return find


def ahocorasick_rs(names):
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(list(names))
    spellings = list(names.values())

    def find(text):
        text = flat(text)
        low = f"{text.lower()} "
        whole = [
            (start, -end, spellings[number])
            for number, start, end in automaton.find_matches_as_indexes(low, overlapping=True)
            if not is_word(low[end]) and not is_word(low[start - 1])
        ]
        return resolved(whole, text)

    return find


def spelled(found, text, names):
    return [
        (start, end)
        for start, end in found
        if (spellings := names.get(text[start:end].lower())) is None or text[start:end] in spellings
    ]


def flashtext(names):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for name in names:
        processor.add_keyword(name)

    def find(text):
        text = flat(text)
        hits = processor.extract_keywords(text, span_info=True)
        return spelled([(start, end) for _, start, end in hits], text, names)

    return find


def flashtext2(names):
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    processor.add_keywords_from_iter(iter(names))

    def find(text):
        text = flat(text)
        hits = processor.extract_keywords_with_span(text)
        return spelled([(start, end) for _, start, end in hits], text, names)

    return find


def spacy(names):
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("name", [nlp.make_doc(name) for name in names])

    def find(text):
        text = flat(text)
        doc = nlp.make_doc(text)
        spans = filter_spans(matcher(doc, as_spans=True))
        return spelled([(span.start_char, span.end_char) for span in spans], text, names)

    return find


RIVALS = {
    "pyahocorasick": pyahocorasick,
    "ahocorasick_rs": ahocorasick_rs,
    "flashtext": flashtext,
    "flashtext2": flashtext2,
    "spacy": spacy,
}


def made_up(count, characters, rng):
    """Terms named by one to four English words, and running words of which some are names.

    The words are those of the built-in glossary's prose, as frequent as there. Every name
    has a word that is not among the most frequent ones.
    """
    tally = Counter(re.findall("[a-z]+", built_in(2**40)[1].lower()))
    frequent = [word for word, _ in tally.most_common()]
    vocabulary, weights = list(tally), list(tally.values())
    names = set()
    while len(names) < count:
        size = rng.choices((1, 2, 3, 4), (15, 45, 30, 10))[0]
        words = [rng.choice(frequent[300:]), *rng.choices(frequent[100:], k=size - 1)]
        names.add(" ".join(rng.sample(words, size)))
    listed = sorted(names)
    terms = [
        Term(id=f"t{at}", name=name.capitalize(), definition="A thing.")
        for at, name in enumerate(listed)
    ]
    running = rng.choices(vocabulary, weights, k=characters // 5)
    for at in rng.sample(range(len(running)), int(len(running) * SHARE_OF_NAMES)):
        running[at] = rng.choice(listed)
    for at in range(0, len(running), 9):
        running[at] += rng.choice([".\n", ",", ",", ".", ";"])
    return terms, " ".join(running)[:characters]


def built_in(characters):
    """The built-in glossary, and its own prose."""
    terms = list(glossary)
    prose = "\n\n".join(
        section
        for term in terms
        for section in (term.definition, term.overview, term.how_it_works, term.deep_dive)
        if section
    )
    return terms, (prose * min(10, 1 + characters // len(prose)))[:characters]


def timed(find, text):
    start = time.perf_counter()
    find(text)
    return time.perf_counter() - start


def compare(title, terms, text, rounds, rng):
    names = told(terms)
    found, ours = genai_terms(names, terms)
    engines = {"genai_terms": ours}
    for engine, make in RIVALS.items():
        try:
            engines[engine] = make(names)
        except ImportError as error:
            print(f"{engine} left out: {error}")
    texts = {engine: text for engine in engines}
    texts["spacy"] = text[:SPACY_CHARACTERS]
    lines = [text[at : at + LINE] for at in range(0, 200 * LINE, LINE)]
    agreement = {
        engine: agrees(set(found(texts[engine])), set(find(texts[engine])))
        for engine, find in engines.items()
        if engine != "genai_terms"
    }
    long, short = {engine: [] for engine in engines}, {engine: [] for engine in engines}
    for _ in range(rounds):
        for engine in rng.sample(list(engines), len(engines)):
            find = engines[engine]
            long[engine].append(timed(find, texts[engine]) / len(texts[engine]))
            short[engine].append(timed(partial(each, find), lines) / len(lines))
    print(f"\n{title}: {len(terms):,} terms, {len(names):,} spellings, {len(text):,} characters, "
          f"{len(found(text)):,} mentions\n")  # fmt: skip
    print("| engine | version | MB/s | ratio | us per line | ratio | agrees |")
    print("|---|---|---|---|---|---|---|")
    for engine in engines:
        row = [engine, version(engine.replace("_", "-") if engine == "genai_terms" else engine)
               if engine != "genai_terms" else "this tree"]  # fmt: skip
        row += [f"{1 / statistics.median(long[engine]) / 1e6:.1f}", ratio(long, engine)]
        row += [f"{statistics.median(short[engine]) * 1e6:.1f}", ratio(short, engine)]
        row += [f"{agreement[engine]:.4f}" if engine in agreement else ""]
        print("| " + " | ".join(row) + " |")


def each(find, lines):
    for line in lines:
        find(line)


def ratio(times, engine):
    pairs = zip(times[engine], times["genai_terms"], strict=True)
    return f"{statistics.median(theirs / ours for theirs, ours in pairs):.2f}"


def agrees(ours, theirs):
    return len(ours & theirs) / max(1, len(ours | theirs))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--megabytes", type=float, default=1.0)
    arguments = parser.parse_args()
    rng = random.Random(20260)
    characters = int(arguments.megabytes * 1e6)
    print(f"Python {platform.python_version()}, {platform.machine()}")
    compare("built-in glossary", *built_in(characters), arguments.rounds, rng)
    for count in (4_000, 40_000):
        terms, text = made_up(count, characters, rng)
        compare(f"{count:,} made-up names", terms, text, arguments.rounds, rng)


if __name__ == "__main__":
    main()
