"""HTML: where elements end whose end tags are left out, with html5lib as the referee."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import genai_terms as gt

_LEFT_ALONE = {"a", "code", "h2", "th", "thead", "math"}
_CLASS = st.sampled_from(["", "", "", " class=math"])
_END = st.booleans()


def _element(name, content):
    """A tree whose end tag is there."""
    return st.builds("<{0}{1}>{2}</{0}>".format, name, _CLASS, content)


def _omissible(name, content):
    """A tree whose end tag may be missing."""
    pieces = st.tuples(name, _CLASS, content, _END)
    return pieces.map(lambda p: f"<{p[0]}{p[1]}>{p[2]}" + f"</{p[0]}>" * p[3])


def _some(trees):
    return st.lists(trees, min_size=1, max_size=3).map(" ".join)


def _any_of(*names):
    return st.sampled_from(names)


_WORD = st.just(" LLM ")
_INLINE = _WORD | _element(_any_of("b", "i", "code", "h2", "span"), _WORD)
_PARAGRAPH = _omissible(st.just("p"), _some(_WORD | _element(st.just("b"), _WORD)))


def _nested(flow):
    """Lists, tables and other elements that hold *flow*."""
    rows = _some(_omissible(st.just("tr"), _some(_omissible(_any_of("td", "td", "th"), flow))))
    parts = _some(_omissible(_any_of("tbody", "thead", "tfoot"), rows))
    table = st.tuples(
        _omissible(st.just("caption"), _WORD) | st.just(""),
        st.sampled_from(["", "<colgroup><col>", "<colgroup class=math><col></colgroup>"]),
        rows | parts,
    ).map("".join)
    return _some(
        flow
        | _element(_any_of("ul", "ol"), _some(_omissible(st.just("li"), flow)))
        | _element(st.just("dl"), _some(_omissible(_any_of("dt", "dd"), flow)))
        | _element(st.just("div"), _some(_omissible(st.just("option"), _WORD)))
        | _element(_any_of("table"), table)
        | _element(_any_of("section", "div", "blockquote", "object"), flow)
    )


DOCUMENTS = st.recursive(_INLINE | _PARAGRAPH, _nested, max_leaves=12)
_TAGS = st.builds(
    "<{}{}>".format,
    st.sampled_from(
        "p li dt dd tr td th caption tbody thead colgroup option /p /li /dd /tr /td /th /table /ul "
        "/div /tbody /object /section ul ol dl div address table table object section h1 h2 /h1 a "
        "/a b /b code button /button svg /svg template /template span /span form /form".split()
    ),
    _CLASS,
)
SOUP = st.lists(_TAGS | _WORD, max_size=18).map("".join)


def outside(html):
    """Return how many names stand where they may be linked, and how many links do not."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    free = astray = 0

    def walk(element, barred):
        nonlocal free, astray
        own = (element.get("href") or "").startswith("/g/")
        astray += own and barred
        names = {element.tag, element.get("class", "")} if not own else set()
        inside = barred or not _LEFT_ALONE.isdisjoint(names)
        free += 0 if inside else (element.text or "").count("LLM")
        for child in element:
            walk(child, inside)
            free += 0 if inside else (child.tail or "").count("LLM")

    walk(tree, barred=False)
    return free, astray


def annotated(html, small):
    return gt.annotate_html(html, link="/g/{id}", glossary=small)


@given(html=DOCUMENTS)
def test_in_a_document_without_faults_nothing_is_missed(html, small):
    """Every name that a browser sees outside of formulas, headings and code is linked."""
    free, _ = outside(html)
    result = annotated(html, small)
    assert (result.count("<a class="), outside(result)) == (free, (free, 0))


@given(html=SOUP)
def test_in_any_document_no_link_goes_astray(html, small):
    """Where an end is uncertain, nothing is linked rather than a formula."""
    result = annotated(html, small)
    free, astray = outside(result)
    assert astray == 0
    assert outside(html)[0] == free


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<div><p class=math>LLM</div>LLM <p class=math>LLM<h2>LLM</h2>LLM", 2),
        ("<ul><li class=math>LLM<p>LLM</li><li>LLM<li class=math>LLM</ul>LLM", 2),
        ("<dl><dt class=math>LLM<dd>LLM<dd class=math>LLM</dl><p class=math>LLM</p>LLM", 2),
        ("<ul><li><div><li class=math>LLM</div>LLM</ul>LLM", 0),
        ("</div><p class=math>LLM</div>LLM<p class=math>LLM<i class=math>LLM<p>LLM", 0),
        ("<div class=math><b class=math></div>LLM", 0),
        ("<div><h2>LLM</div></h2><p class=math>LLM</div>LLM", 0),
        ("<h2></p>LLM</h2>LLM", 1),
        ("<table><th>LLM<td>LLM<tr><th>LLM<br>LLM</th><td>LLM</table>LLM", 3),
        ("<table><thead><tr><td>LLM<tbody><tr><td>LLM</table>LLM", 2),
        ("<table><thead><tr><th>LLM</thead><tr><td>LLM</table>LLM", 2),
        ("<table><tr><td>LLM</tr><tr><td class=math>LLM</table>LLM", 2),
        ("<table><tr><td><p class=math>LLM</tr><tr><td>LLM</table>LLM", 2),
        ("<table><table><tr><td>LLM</table><p class=math>LLM</table>LLM", 1),
        ("<tr><th>LLM</th><td>LLM<th><span class=math></th><td>LLM", 1),
        ("<h2><ol><li><h2><h3>LLM</h3></h2>LLM<li class=math></ol></h2>LLM</ol>LLM", 0),
        ("<li><h1><li></li><span class=math></h1>LLM", 0),
        ("<p><kbd><hr><span class=math></kbd>LLM", 0),
        ("<form class=math><span></form>LLM</span></form>LLM", 1),
        ("<select>" + "<option>LLM" * 600 + "</select> LLM", 1),
    ],
)
def test_an_element_without_end_tag_ends_where_it_surely_does(html, linked, small):
    """What follows is linked again, and nothing that a browser may still see in it."""
    result = annotated(html, small)
    assert (result.count("<a class="), outside(result)[1]) == (linked, 0)
