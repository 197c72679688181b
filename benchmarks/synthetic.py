"""Glossaries of any size, the same for the same seed: words by Zipf's law, names of their own."""

from __future__ import annotations

import bisect
import itertools
import random

import genai_terms as gt

_STARTS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sc sh st t tr v w z".split()
_VOWELS = "a e i o u ai ea ou".split()
_ENDS = ["", "n", "r", "s", "t", "l", "m", "nd", "rk", "st"]


def vocabulary(size: int, rng: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < size:
        word = "".join(
            rng.choice(_STARTS) + rng.choice(_VOWELS) for _ in range(rng.choice((1, 2, 2, 3)))
        )
        words[word + rng.choice(_ENDS)] = None
    return [*words]


class Writer:
    def __init__(self, size: int, seed: int = 11, words: int = 20_000) -> None:
        self.rng = random.Random(seed)
        self.words = vocabulary(words, self.rng)
        weights = (1 / (rank + 3) for rank in range(len(self.words)))
        self.cumulative = [*itertools.accumulate(weights)]
        self.size = size

    def text(self, count: int) -> str:
        top = self.cumulative[-1]
        places = (bisect.bisect(self.cumulative, self.rng.random() * top) for _ in range(count))
        return " ".join(self.words[place] for place in places)

    def terms(self) -> list[gt.Term]:
        taken: set[str] = set()
        made = []
        while len(made) < self.size:
            name = " ".join(
                self.rng.choice(self.words) for _ in range(self.rng.choice((1, 2, 2, 3)))
            )
            if name in taken:
                continue
            taken.add(name)
            topic = name.split()
            term_id = f"t{len(made):06d}"
            overview = f"{name} {self.text(40)} {' '.join(topic)} {self.text(20)}."
            made.append(
                gt.Term(
                    id=term_id,
                    name=name.capitalize(),
                    category="general",
                    kind=self.rng.choice([*gt.Kind]),
                    tier=self.rng.choice((1, 2, 3)),
                    definition=f"{self.text(14).capitalize()} {self.rng.choice(topic)}.",
                    overview=overview,
                    faqs=(
                        gt.FAQ(
                            question=f"{self.text(6)} {topic[0]}?",
                            answer=self.text(25),
                            term_id=term_id,
                        ),
                    ),
                    search_phrases=(self.text(4),),
                )
            )
        return made


def queries(terms: list[gt.Term], count: int, seed: int = 5) -> dict[str, list[str]]:
    """Queries of one word, of two or three, and of a question's length, about *terms*."""
    rng = random.Random(seed)
    kinds: dict[str, list[str]] = {"one word": [], "two or three words": [], "question": []}
    for term in rng.sample(terms, min(count, len(terms))):
        content = [w for w in (term.overview or term.definition).lower().split() if len(w) > 3]
        kinds["one word"].append(rng.choice(content).strip(".,;:()"))
        kinds["two or three words"].append(" ".join(rng.sample(content, rng.choice((2, 3)))))
        kinds["question"].append("what is " + " ".join(rng.sample(content, min(10, len(content)))))
    return kinds
