"""HTML pages."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms.export import Links, html
from genai_terms.export._article import _NOT_IN_HTML
from genai_terms.export._page import HEADINGS

LINKS = Links(
    term="/g/{id}",
    category="/c/{id}",
    glossary="/g",
    jobs="/jobs?q={name}&all=1",
    positions="/positions/{id}",
    salaries="https://pay.example/{name}",
)
HEADING = re.compile("h[1-6]")
SCHEME = re.compile("[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)


def _parsed(text):
    """The tree of a page; any fault that the standard knows is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def _structure(root):
    """The elements of a page in order with their attributes, and the texts between them."""
    seen = []
    for element in root.iter():
        attributes = {key: value for key, value in element.attrib.items() if key != "href"}
        seen.append((element.tag, attributes, element.text or "", element.tail or ""))
    return seen


def _text(element):
    return "".join(element.itertext())


@given(data=st.data())
def test_no_text_of_an_entry_becomes_markup(hostile_terms, twin, data):
    """A parser sees the same elements, attributes and text as in a page of harmless words."""
    term = data.draw(hostile_terms)
    tame = twin(term)

    def restored(text):
        return tame.restored(text).translate(_NOT_IN_HTML)

    expected = [
        (tag, {key: restored(value) for key, value in attributes.items()}, *map(restored, texts))
        for tag, attributes, *texts in _structure(_parsed(html.dumps(tame.term)))
    ]
    description = ("meta", {"name": "description"})
    found = _structure(_parsed(html.dumps(term)))
    differing = [
        (one, other)
        for one, other in zip(found, expected, strict=True)
        if one != other and (one[0], one[1].get("name")) != ("meta", "description")
    ]
    assert differing == []
    assert description[0] in {tag for tag, *_ in found}


@given(data=st.data(), alone=st.booleans(), with_links=st.booleans())
def test_every_page_is_valid_and_has_nothing_active(hostile_glossaries, data, alone, with_links):
    """No parse error, no script, no style, no handler, no scheme but http(s), no id twice."""
    glossary = data.draw(hostile_glossaries)
    terms = next(iter(glossary), []) if alone else glossary
    root = _parsed(html.dumps(terms, links=LINKS if with_links else None))
    elements = list(root.iter())
    assert {element.tag for element in elements}.isdisjoint({"script", "style", "iframe", "img"})
    names = {name for element in elements for name in element.attrib}
    assert [name for name in names if name == "style" or name.startswith("on")] == []
    # urlsplit would refuse addresses whose host is none.
    schemes = {found[0] for a in root.iter("a") if (found := SCHEME.match(a.get("href")))}
    assert {scheme.lower() for scheme in schemes} <= {"http", "https"}
    ids = [element.get("id") for element in elements if element.get("id") is not None]
    assert len(ids) == len(set(ids))


@given(data=st.data())
def test_headings_descend_one_level_at_a_time(hostile_glossaries, data):
    """A page has one first heading, and no level is skipped on the way down."""
    root = _parsed(html.dumps(data.draw(hostile_glossaries), links=LINKS))
    levels = [int(e.tag[1]) for e in root.iter() if HEADING.fullmatch(str(e.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


@given(data=st.data())
def test_a_fragment_is_the_content_of_the_page(hostile_glossaries, data):
    """Without full_page only what stands in main is returned, and it is valid there."""
    glossary = data.draw(hostile_glossaries)
    fragment = html.dumps(glossary, full_page=False)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parser.parseFragment(fragment, container="main")
    assert f"<main>{fragment}</main>" in html.dumps(glossary)


def test_the_built_in_glossary_is_one_valid_page(glossary):
    """Every built-in term is an article of a page without any fault."""
    root = _parsed(html.dumps(glossary))
    assert [article.get("id") for article in root.iter("article")] == [t.id for t in glossary]


def test_a_page_has_every_section_in_order(full):
    """An entry that has everything shows everything, under the headings of `HEADINGS`."""
    root = _parsed(html.dumps(full))
    assert [_text(heading) for heading in root.iter("h2")] == list(HEADINGS.values())
    assert [_text(heading) for heading in root.iter("h3")] == [faq.question for faq in full.faqs]
    assert [section.get("id") for section in root.iter("section")] == [
        f"dropout--{field.replace('_', '-')}" for field in HEADINGS
    ]
    shown = " ".join(_text(root).split())
    parts = (
        "Dropout (DO) A regularizer that switches random units off. Also known as DO, unit dropout",
        "colleagues. Nobody may be relied on.",
        r"y = m \odot xm is the mask.",
        "It is used at inference. No.",
        "AlexNet It dropped half of its units.",
        "Regularization Broader concept What keeps a model from overfitting. It is one kind.",
        "Hinton et al. (2012). Improving. arXiv:1207.0580.",
        "N. N. (2020). A file.",
    )
    assert [part for part in parts if part not in shown] == []
    assert "switch neurons off" not in shown


def test_a_page_has_its_landmarks(full):
    """Language, one main, one article, a breadcrumb that says where the reader is."""
    root = _parsed(html.dumps(full, links=LINKS))
    assert root.get("lang") == "en"
    assert [_text(title) for title in root.iter("title")] == ["Dropout (DO)"]
    assert [len(list(root.iter(tag))) for tag in ("main", "article", "nav", "h1")] == [1, 1, 1, 1]
    (nav,) = root.iter("nav")
    assert nav.get("aria-label") == "Breadcrumb"
    steps = [
        (_text(step).strip(), *(a.get("href") for a in step.iter("a"))) for step in nav.iter("li")
    ]
    assert steps == [("Glossary", "/g"), ("Training", "/c/training"), ("Dropout",)]
    assert [e.get("aria-current") for e in nav.iter("span")] == ["page"]


def test_the_pages_of_the_host_are_linked(full):
    """Templates are filled in and encoded; each link says where it leads."""
    root = _parsed(html.dumps(full, links=LINKS))
    links = {_text(link): link.get("href") for link in root.iter("a")}
    assert links == {
        "Glossary": "/g",
        "Training": "/c/training",
        "Browse jobs: Dropout": "/jobs?q=Dropout&all=1",
        "Open positions: Dropout": "/positions/dropout",
        "Salary ranges: Dropout": "https://pay.example/Dropout",
        "Regularization": "/g/regularization",
        "ML engineer": "/g/ml-engineer",
        "Dropout": "https://jmlr.org/x",
        "Improving": "https://arxiv.org/abs/1207.0580",
        "A book": "https://openlibrary.org/isbn/9783161484100",
        "A study": "https://doi.org/10.1/x",
    }


def test_an_index_links_every_term_and_related_terms_on_the_page(mini):
    """Several terms make one page; links that stay on it have a target there."""
    root = _parsed(html.dumps(mini))
    (nav,) = root.iter("nav")
    assert nav.get("aria-label") == "All terms"
    assert [(_text(a), a.get("href")) for a in nav.iter("a")] == [
        (term.title, f"#{term.id}") for term in mini
    ]
    ids = {element.get("id") for element in root.iter()}
    hrefs = [link.get("href") for link in root.iter("a")]
    assert len(hrefs) == len(mini) + 3
    assert [href for href in hrefs if href.removeprefix("#") not in ids] == []


def test_anchors_of_questions_are_no_ids_of_terms():
    """No id of a term can be that of a section or question of another."""
    asked = gt.FAQ(question="Why?", answer="So.", term_id="a")
    term = gt.Term(id="a", name="A", definition="D.", overview="O.", faqs=(asked,))
    others = [gt.Term(id=i, name=i, definition="D.") for i in ("a-faq-1", "a-overview", "a-faqs")]
    ids = [e.get("id") for e in _parsed(html.dumps([term, *others])).iter() if e.get("id")]
    assert sorted(ids) == sorted(
        ["a", "a-faq-1", "a-overview", "a-faqs", "a--faq-1", "a--faqs", "a--overview"]
    )


def test_templates_win_over_links_inside_the_page(mini):
    """A host that has pages for terms gets links to them."""
    root = _parsed(html.dumps(mini, links=Links(term="/g/{id}")))
    hrefs = {
        a.get("href") for li in root.iter("ul") if li.get("class") == "cards" for a in li.iter("a")
    }
    assert hrefs == {"/g/language-model", "/g/token"}


def test_a_stylesheet_is_linked_where_one_is_named(full):
    """The address is escaped; without one there is no link."""
    linked = html.dumps(full, stylesheet_href="/s.css?a=1&b=2")
    assert '<link rel="stylesheet" href="/s.css?a=1&amp;b=2">' in linked
    assert "<link" not in html.dumps(full)


@pytest.mark.parametrize("href", ["javascript:x", "data:text/css,", "a b", '"'])
def test_an_unfit_address_of_a_stylesheet_is_refused(full, href):
    """Only relative and http(s) addresses are linked."""
    with pytest.raises(ValueError, match="stylesheet_href="):
        html.dumps(full, stylesheet_href=href)


def test_an_address_is_text(full):
    """Anything else is a TypeError."""
    with pytest.raises(TypeError, match="stylesheet_href is a str, found int"):
        html.dumps(full, stylesheet_href=1)


def test_the_stylesheet_knows_every_class_of_the_pages(full, mini):
    """Each class that the pages use has a rule, and each rule for a class is used."""
    pages = html.dumps(full, links=LINKS) + html.dumps(mini)
    used = set(re.findall(r'class="([^"]+)"', pages))
    assert set(re.findall(r"\.([a-z][a-z-]*)(?=[ ,{>])", html.stylesheet())) == used


def test_a_file_may_hold_a_fragment_with_links(full, tmp_path):
    """dump takes what dumps takes."""
    html.dump(full, tmp_path / "x.html", links=LINKS, full_page=False)
    expected = html.dumps(full, links=LINKS, full_page=False)
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == expected
