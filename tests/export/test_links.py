"""Addresses and templates."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_terms.export import Links
from genai_terms.export._links import outside

_ANY = st.text(st.characters(exclude_categories=("Cs",)))


@pytest.mark.parametrize(
    "template",
    [
        "/glossary/{id}",
        "glossary/{id}.html",
        "#{id}",
        "?term={name}&x=a:b",
        "//host.example/{id}",
        "https://host.example:8080/{id}?q={name}#x",
        "HTTP://host.example/",
        "https://{id}.example/",
        "/größe/{id}",
        "",
    ],
)
def test_relative_and_http_templates_are_accepted(template):
    """Templates that lead to a page are kept as they are."""
    assert Links(term=template).term == template


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("javascript:alert('{id}')", "has a scheme that is not allowed; begin it with https://"),
        ("JavaScript:x", "scheme"),
        ("data:text/html,{id}", "scheme"),
        ("mailto:x@example.org", "scheme"),
        ("https:{id}", "scheme"),
        ("https:///{id}", "scheme"),
        ("{name}:alert(1)", "scheme"),
        ("java\nscript:x", r"holds '\\n', which no address has; percent-encode it"),
        (" /{id}", "holds ' '"),
        ('/"onclick=x', "holds '\"'"),
        ("/<b>", "holds '<'"),
        ("\\\\host", "holds"),
        ("/{slug}", r"has the placeholder {slug}; allowed are: {id} and {name}"),
        ("/{}", r"has the placeholder {}"),
        ("/{id!r}", r"has the placeholder {id!r}"),
        ("/{0.__class__}", "has the placeholder"),
        ("/{id", "holds '{'"),
        ("/id}", "holds '}'"),
    ],
)
def test_other_templates_are_refused(template, message):
    """A template that could run code, or that cannot be filled in, is refused with the reason."""
    with pytest.raises(ValueError, match=message) as caught:
        Links(jobs=template)
    assert str(caught.value).startswith("jobs=")


def test_the_page_of_the_glossary_has_no_placeholder():
    """The index is one page."""
    with pytest.raises(ValueError, match="allowed are: none"):
        Links(glossary="/{id}")


def test_a_template_is_text():
    """Anything else is a TypeError."""
    with pytest.raises(TypeError, match="term is a str, found int"):
        Links(term=3)


@given(name=_ANY)
def test_values_are_percent_encoded(name):
    """A name stays in its place in the address, and can be decoded from it."""
    href = Links(positions="/jobs?q={name}&id={id}").href("positions", id="x", name=name)
    head, _, tail = href.partition("?q=")
    value, _, rest = tail.partition("&")
    assert (head, unquote(value), rest) == ("/jobs", name, "id=x")


def test_a_slash_in_a_name_makes_no_folder():
    """A value fills one part of a path and cannot leave it."""
    href = Links(term="/g/{name}/x").href("term", id="x", name="a/../../b?c#d")
    assert href == "/g/a%2F..%2F..%2Fb%3Fc%23d/x"


def test_a_page_without_template_has_no_address():
    """What is left out is not linked."""
    assert Links().href("salaries", id="x", name="X") is None


@given(address=_ANY)
def test_only_http_addresses_of_references_are_linked(address):
    """Anything else is no link, and a link has no character that could end it."""
    encoded = outside(f"https://x.org/{address}")
    assert not set(encoded) & set(' "<>\\`{}\n\r\t')
    assert encoded.isascii()
    assert outside(f"x{address}") is None
