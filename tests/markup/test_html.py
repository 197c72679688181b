"""HTML: what is linked, and that nothing else changes, as html5lib sees it."""

from __future__ import annotations

import re
from html import escape

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import genai_terms as gt
from genai_terms._markup._regions import NEVER

_OWN = re.compile(r'<a class="genai-term" href="/g/[a-z-]*">(.*?)</a>', re.DOTALL)
_WHOLE = NEVER | {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"}

_NAMES = st.sampled_from(
    "a a b i em p p div span h1 h2 pre code kbd math svg svg button label iframe template script "
    "style textarea title select option optgroup table table tbody tr tr td td th caption col "
    "colgroup ul li dl dd form input br hr image object applet marquee noscript noembed noframes "
    "xmp plaintext frameset frame html head body nobr font foreignObject desc mi annotation-xml "
    "ruby video wbr datalist summary section listing meta base".split()
)
_ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        ' href="LLM"',
        " x='LLM>'",
        " a=LLM",
        "/",
        " /",
        " =x",
        ' "',
        ' a="',
        " b = c",
        ' class="x math"',
        " CLASS=katex",
    ]
)
_TEXTS = st.sampled_from(
    ["LLM", "LLM", "LLM ", "RAG", "large language model", " ", " and ", "x", "&amp;", "&nbsp;",
     "&lt", "&#76;LM", "large&nbsp;language&#8209;model", "\n", "<", "&", "&notit;",
     "<!-- LLM -->", "<!--", "-->", "<![CDATA[ LLM ]]>", "<!doctype html>", "<?LLM?>", "</>",
     "</", "</é>", "'", '"', "\0", "LLM\r\n", "<!", "<!-->", "]]>", "<script><!-- <script>",
     '<a class="genai-term" href="/x">LLM</a>', "$$", "$$", "\\(", "\\)", "\\[", "\\]"]
)  # fmt: skip
_MARKUP = st.builds("<{}{}>".format, _NAMES, _ATTRIBUTES) | st.builds("</{}>".format, _NAMES)
WOVEN = st.lists(_TEXTS | _MARKUP, max_size=16).map("".join)
ARBITRARY = st.text(st.sampled_from("<</>>!-&;#'\"=? aLLMp\n\t]["), max_size=60) | st.text()


def annotated(html, small, **options):
    return gt.annotate_html(html, link="/g/{id}", glossary=small, **options)


def events(html):
    """Return the tree that html5lib makes, as tags and joined texts, and what links are in."""
    builder = html5lib.getTreeBuilder("dom")
    found, enclosing = [], set()

    def walk(node, path):
        for child in node.childNodes:
            if child.nodeType == child.TEXT_NODE:
                if found and found[-1][0] == "text":
                    found[-1] = ("text", found[-1][1] + child.data)
                else:
                    found.append(("text", child.data))
                continue
            own = child.nodeName == "a" and child.getAttribute("href").startswith("/g/")
            if own:
                enclosing.update(path)
                walk(child, path)
                continue
            attributes = sorted(child.attributes.items()) if child.attributes else []
            found.append((child.nodeName, attributes, getattr(child, "data", None)))
            classes = child.getAttribute("class").lower().split() if child.attributes else []
            math = {"math", "katex"} & {*classes} and child.nodeName not in {"html", "body"}
            walk(child, (*path, "math" if math else child.nodeName))
            found.append(("/", child.nodeName))

    walk(html5lib.HTMLParser(builder).parse(html), ())
    return found, enclosing


def plain(html):
    return "".join(data for kind, data, *_ in events(html)[0] if kind == "text")


@given(html=WOVEN | ARBITRARY)
@example(html="<table> LLM <td> LLM </table> LLM")
@example(html="<a><table><td></a>LLM</table>LLM</a>LLM")
@example(html="<svg><desc><style></svg>LLM</style>LLM")
@example(html="<table><svg><td></svg> LLM")
def test_the_tree_without_our_links_is_the_tree_of_the_source(html, small):
    """A link changes nothing but that there is a link, and stands where links belong."""
    html = re.sub("[\ud800-\udfff]", "", html)
    before, _ = events(html)
    after, enclosing = events(annotated(html, small))
    assert after == before
    assert enclosing.isdisjoint(_WHOLE | {"th", "thead"})


@given(html=WOVEN | ARBITRARY, first_only=st.booleans())
@example(html="LLM RAG-LLM <b>LLM</b>s Chat<i>LLM</i>", first_only=False)
@example(html='<a class="genai-term" href="/x">large language</a> model', first_only=True)
def test_annotating_twice_changes_nothing(html, first_only, small):
    """What is linked already is read as the text that it was."""
    once = annotated(html, small, first_only=first_only)
    assert annotated(once, small, first_only=first_only) == once


@given(html=WOVEN | ARBITRARY)
def test_the_source_is_kept_byte_for_byte(html, small):
    """Taking the links out again gives the document back."""
    assert _OWN.sub(r"\1", annotated(html, small)) == html


@given(words=st.lists(st.sampled_from(["LLM", "LLMs", "R&D", "<", "large language", "model", "é"])))
def test_escaped_text_has_the_mentions_of_plain_text(words, small):
    """Markup takes nothing away: a paragraph is annotated like its text."""
    text = " ".join(words)
    expected = [mention.text for mention in gt.Annotator(small).annotate(text)]
    found = _OWN.findall(annotated(f"<p>{escape(text)}</p>", small))
    assert found == [escape(name) for name in expected]


@given(words=st.lists(st.sampled_from(["LLM", "RAG", "<br>", "_{x}", "\\frac", "&amp;", "\n"])))
@pytest.mark.parametrize("formula", [r"\({}\)", r"\[{}\]", "$${}$$", "<b class='math'>{}</b>"])
def test_a_formula_is_left_alone(formula, words, small):
    """Whatever stands between the delimiters; what is around them is not."""
    formula = formula.replace("{}", " ".join(words))
    text = f"LLM {formula} LLM"
    assert (
        annotated(text, small) == f"{annotated('LLM', small)} {formula} {annotated('LLM', small)}"
    )


_VALID = st.sampled_from(
    ["<p>An LLM</p>", "<ul><li>RAG &amp; LLM</li></ul>", "<b>LLM</b>", "<h2>LLM</h2>",
     "<table><tbody><tr><td>LLM</td></tr></tbody></table>", "<pre>LLM</pre>", "<!-- LLM -->",
     '<img src="LLM" alt="LLM">'],
)  # fmt: skip


@given(parts=st.lists(_VALID))
def test_valid_documents_stay_valid(parts, small):
    """html5lib finds no fault in what was made of a document without faults."""
    body = "".join(parts)
    page = f"<!DOCTYPE html><html><head><title>LLM</title></head><body>{body}</body></html>"
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(annotated(page, small))
    assert plain(annotated(page, small)) == plain(page)


@pytest.mark.parametrize("name", sorted(_WHOLE))
def test_no_link_in(name, small):
    """Text in these elements is no prose, or a link there would be out of place."""
    html = f"<{name}>LLM</{name}> "
    assert annotated(html + "LLM", small) == html + annotated("LLM", small)


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p title='LLM' data-x=\"> LLM\" y=LLM>LLM", 1),
        ("<!-- LLM --> <!doctype LLM> <?LLM?> <!LLM> </ LLM> LLM", 1),
        ("<!--> LLM <!---> LLM <!-- --!> LLM", 3),
        ("<![CDATA[ LLM > LLM ]]> LLM", 2),
        ("<svg><![CDATA[ LLM > </svg> LLM ]]></svg> LLM", 1),
        ("<svg><![CDATA[ LLM </svg> LLM", 0),
        ("<svg><title>LLM</title><style>a > b</style><path/></svg> LLM", 1),
        ("<svg/> LLM <math/> LLM", 2),
        ("<span class=math>LLM</span> <i class='a MathJax b'>LLM <i>LLM</i></i> LLM", 1),
        ('<div\tid=x class = "katex-display"><p>LLM <b>LLM</b></div> LLM', 1),
        ("<div data-class=math>LLM</div> <i class=mathematics>LLM</i> <body class=math>LLM", 3),
        ("<table class=math><tr><td>LLM</table> LLM <table><td class=math>LLM<td>LLM</table>", 2),
        ("<img class=math> LLM <p class=math /> LLM", 1),
        (r"\(LLM\) LLM \[ LLM<br> LLM <!-- LLM --> RAG \] LLM $$ LLM $$ LLM", 3),
        (r"<p>\( LLM <p> LLM \) LLM \[ LLM $$ LLM", 5),
        (r"&#36;$ LLM <b>LLM</b>$$ <code>$$ LLM</code> LLM <code>$$</code>", 1),
        (r"\begin{align*} LLM \end{align} LLM \end{align*} LLM", 1),
        ("<svg><foreignObject><p>LLM</p><br><svg/></foreignObject></svg> LLM", 1),
        ("<svg><p></svg> LLM", 0),
        ("<svg><g></svg> LLM", 0),
        ("<a/> LLM </a> LLM", 1),
        ("<h1><b>LLM</h1> LLM", 1),
        ("<h1>LLM</i></h1> LLM", 1),
        ("<h1><br>LLM</h1> LLM", 1),
        ("<a><ul><li>LLM</ul></a> LLM", 1),
        ("<a><table><td>LLM</a></table> LLM</a> LLM", 1),
        ("<h1><p>LLM</h1> LLM", 0),
        ("<table>LLM<caption>LLM</caption>LLM<tr>LLM<td>LLM</td>LLM</table>LLM", 3),
        ("<table><td><a><table><td></table></a>LLM<td>LLM", 2),
        ("<table><td><a><td></a>LLM</table>LLM", 0),
        ("<table><td><h1></tr></h1>LLM</table>LLM", 1),
        ("<template><b><tr></tr></b></template>LLM", 1),
        ("<select><option>LLM</select> LLM", 1),
        ("<select><div>LLM</div></select> LLM", 0),
        ("<select><style>LLM</style></select> LLM", 0),
        ("<template><b>LLM</b></template> LLM", 1),
        ("<template><col><style></template> LLM", 0),
        ("<frameset> LLM", 0),
        ("<plaintext> LLM", 0),
        ("<noscript><img src=x></noscript> LLM", 1),
        ("<noscript><img src='</noscript> LLM'></noscript> LLM", 0),
        ("<noscript> LLM", 0),
        ("<noscript><noscript></noscript></noscript> LLM", 0),
        ("<script>if (a<b) LLM</script> LLM", 1),
        ("<script><!-- <script> </script> LLM --> </script> LLM", 1),
        ("<script><!-- </script> LLM --> </script> LLM", 2),
        ("<script><!-- <script> </script> LLM", 0),
        ("<STYLE>LLM</style > LLM", 1),
        ("<style>LLM</styles> LLM", 0),
        ("<style>LLM</style", 0),
        ("LLM <a href='x> LLM", 1),
        ("LLM </p LLM", 1),
        ("LLM <!-- LLM", 1),
        ("LLM < LLM <3 LLM </", 3),
        ("<bloc\u212a>LLM</bloc\u212a>", 1),
        ("Chat<b>LLM</b> <b>LLM</b>s <b>LLM</b><i></i>x <p>LLM</p>s", 1),
        ("Chat<!-- -->LLM Chat<br>LLM", 1),
    ],
)  # fmt: skip
def test_markup_is_read_as_browsers_do(html, linked, small):
    """Where text begins and ends, and where its context is uncertain."""
    assert len(_OWN.findall(annotated(html, small))) == linked


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("large&nbsp;language&#8209;model", "large&nbsp;language&#8209;model"),
        ("large&#x20;language&#32model", "large&#x20;language&#32model"),
        ("&ltLLM&gt", "LLM"),
        ("&#76;LM", "&#76;LM"),
        ("&LLM;", "LLM"),
        ("&amp LLM &nosuchname;", "LLM"),
        ("&#0;LLM&#99999999999999999999;", "LLM"),
        ("&#1;LLM &NotEqualTilde; x", "LLM"),
    ],
)
def test_character_references_are_understood_and_kept(html, name, small):
    """A name is found as a reader sees it, and stays as the author wrote it."""
    assert _OWN.findall(annotated(html, small)) == [name]


def test_a_mention_within_a_link_of_ours_is_left_alone(small):
    """Links made with another glossary stay; none is put into them or across their ends."""
    html = '<a class="genai-term" href="/x">LLM docs, large</a> language model'
    assert annotated(html, small) == html


def test_a_name_that_begins_within_a_reference_is_left_alone():
    """A reference of two characters cannot be cut in two."""
    glossary = gt.Glossary([gt.Term(id="fj", name="j", definition="The second of two letters.")])
    assert "href" in gt.annotate_html("f j", link="/{id}", glossary=glossary)
    assert gt.annotate_html("-&fjlig;", link="/{id}", glossary=glossary) == "-&fjlig;"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "LLM",
        "<h1>" * 100_000 + "LLM",
        "<h1>" + "<b>" * 500 + "</i>" * 100_000,
        "<a href='x" * 50_000,
        "<a " + "b = " * 100_000,
        "<" * 500_000,
        "&a" * 100_000,
        "<!--" * 100_000,
        "<noscript>" * 50_000,
        "<i class=" * 50_000,
        "\\( \\[ $$ LLM <b>" * 8_000,
        '<a class="genai-term" href="' * 30_000,
        "<script><!--<script></script>" * 30_000,
        "LLM <b>x</b> \ud800\0 " * 8_000,
    ],
    ids=lambda html: html[:12],
)
def test_large_and_broken_pages_have_an_answer(html, small):
    """A hundred thousand open tags, or a megabyte of nonsense, are no attack."""
    assert _OWN.sub(r"\1", annotated(html, small)) == html
