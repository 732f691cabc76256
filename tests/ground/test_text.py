"""From Markdown to HTML: what comes out, what never does, and how long it takes."""

import threading
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rex import text
from rex.text import MAX_CHARS, TextTooLong, excerpt, first_sentence, is_too_long, plain, sanitized, to_html
from rex.text.marks import tidy
from rex.text.urls import is_safe_link, is_upload
from tests.ground.hostile import CORPUS, slow
from tests.pace import quickest

ALLOWED: dict[str, set[str]] = {
    **{tag: set() for tag in ("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre")},
    **{tag: set() for tag in ("blockquote", "ul", "table", "thead", "tbody", "tr")},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "th": {"align"},
    "td": {"align"},
    "a": {"href", "title", "rel", "class", "aria-label"},
    "img": {"src", "alt", "title", "loading", "width", "height"},
}
CONTROLS = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\t"}
FLIPS = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


class Page(HTMLParser):
    """What a browser would find in the HTML: tags, attributes, ids and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert tag in ALLOWED, tag
        assert {name for name, _ in attrs} <= ALLOWED[tag], (tag, attrs)
        for name, value in attrs:
            if name == "href":
                assert is_safe_link(value or ""), value
                self.links.append(value or "")
            if name == "src":
                assert is_upload(value or ""), value
            if name == "id":
                self.ids.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came out: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration came out: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction came out: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration came out: {data}")


def page(source: str, prefix: str = "", heading_base: int = 4) -> Page:
    """The page made of `source`, after the checks that hold for every text."""
    html = to_html(source, prefix=prefix, heading_base=heading_base)
    assert sanitized(html) == html, "the last pass changes nothing on its own work"
    assert not {*html} & (CONTROLS | FLIPS)
    html.encode()
    return Page(html)


@pytest.mark.parametrize("source", CORPUS)
def test_hostile_texts_give_only_what_is_allowed(source: str) -> None:
    page(source)
    page(f"Avant\n\n> - {source}\n\nAprès")
    page(f"*Avant {source} après*")


pieces = st.sampled_from([*CORPUS, "*", "_", "`", "[", "](", ")", "\n", "\n\n", "    ", "> ", "- ", "|", "\\", "a", '"', "'"])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=8).map("".join)))
@example("[^a]:\n\n[^a]")
def test_any_text_gives_only_what_is_allowed(source: str) -> None:
    page(source)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["mot", "élu", "*", "[", "`", "\n\n", "- ", " ", "# ", "> ", "|", "<b>"]), max_size=30))
def test_no_word_is_lost(parts: list[str]) -> None:
    source = "".join(parts)
    shown = page(source).text
    assert shown.count("mot") == source.count("mot")
    assert shown.count("élu") == source.count("élu")


@pytest.mark.parametrize("size", [5_000, MAX_CHARS])
def test_no_accepted_text_takes_more_than_a_second(size: int) -> None:
    to_html("the parser of this thread is made here")
    times: dict[str, float] = {}
    for name, source in slow(size).items():
        html = ""

        def draw(source: str = source[:MAX_CHARS]) -> None:
            nonlocal html
            html = to_html(source)

        times[name] = quickest(draw, enough=1)
        assert html or not source.strip("\n\t\r\u00a0\u202e\x02 ")
    slowest = max(times, key=lambda name: times[name])
    assert times[slowest] < 1, f"{slowest}: {times[slowest]:.2f} s"


def test_a_table_stands_in_what_scrolls_and_nobody_types_another_frame() -> None:
    frame = '<div class="table-scroll" tabindex="0" role="group" aria-label="Tableau"><table>'
    html = to_html("- a\n\n    | a | b |\n    |---|---|\n    | c | d |\n\n`<table>` </table> <div tabindex='5'>")
    assert html.count(frame) == html.count("<div") == html.count("</table></div>") == 1
    assert sanitized('<div tabindex="5" role="alert" class="x">a</div>') == '<div class="">a</div>'


def test_a_text_too_dense_to_be_parsed_is_shown_whole_as_paragraphs() -> None:
    source = "Avant\n\n" + "[<b>" * 5_000 + "\n\nligne\nsuivante"
    shown = page(source)
    assert shown.text.count("[<b>") == 5_000
    assert set(shown.tags) == {"p", "br"}
    assert "Avant" in shown.text and "suivante" in shown.text


def test_the_parser_serves_again_after_a_text_too_dense() -> None:
    to_html("> " * 10_000)
    assert to_html("*ici*") == "<p><em>ici</em></p>"


def test_a_text_too_long_is_refused() -> None:
    assert not is_too_long("a" * MAX_CHARS)
    assert is_too_long("a" * (MAX_CHARS + 1))
    with pytest.raises(TextTooLong):
        to_html("a" * (MAX_CHARS + 1))


def test_a_long_ordinary_text_keeps_its_marks() -> None:
    source = "Un paragraphe **fort** avec un [lien](/recits/1) : « oui ».\n\n" * 1_000
    assert page(source).tags.count("strong") == 1_000


def test_markdown() -> None:
    html = to_html(
        "Qui *décide* ?\n- un\n- deux\n  suite\n\n1. a\n2. b\n\n> cité\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n"
        "`code : x` **fort** <b>brut</b> ~~non~~"
    )
    for part in (
        "<p>Qui <em>décide</em>\u202f?</p>",
        "<li>un</li>",
        "<li>deux\n  suite</li>",
        "<ol>\n<li>a</li>\n<li>b</li>\n</ol>",
        "<blockquote>\n<p>cité</p>\n</blockquote>",
        '<td align="right">2</td>',
        "<code>code : x</code> <strong>fort</strong> &lt;b&gt;brut&lt;/b&gt; ~~non~~",
    ):
        assert part in html, html


def test_headings_never_come_above_those_of_the_page() -> None:
    assert page("# un\n\n## deux\n\n### trois\n\n###### six\n\nsept\n===").tags == ["h4", "h5", "h6", "h6", "h4"]
    assert page("# un\n\n## deux", heading_base=3).tags == ["h3", "h4"]
    assert page("# un", heading_base=1).tags == ["h3"]


def test_footnotes_of_two_texts_on_a_page_have_their_own_ids() -> None:
    source = "Un[^a], deux[^b], encore[^a].\n\n[^a]: Note.\n[^b]:\n\n[^a]: Suite."
    ids = page(source, prefix="s1-").ids + page(source, prefix="s2-").ids
    assert len(ids) == len(set(ids)) == 10
    for shown in (page(source, prefix="s1-"), page(source, prefix='"><b>')):
        assert {link.removeprefix("#") for link in shown.links} == {*shown.ids}
        assert "Note." in shown.text and "Suite." in shown.text


def test_links() -> None:
    html = to_html("[a](https://exemple.fr/?a=1&b=2) [b](/recits/1) <moi@exemple.fr> voir https://exemple.fr/x.")
    assert '<a href="https://exemple.fr/?a=1&amp;b=2" rel="noopener nofollow">a</a>' in html
    assert '<a href="/recits/1">b</a>' in html
    assert '<a href="mailto:moi@exemple.fr">moi@exemple.fr</a>' in html
    assert '<a href="https://exemple.fr/x" rel="noopener nofollow">https://exemple.fr/x</a>.' in html
    assert to_html("[a](javascript:1)") == "<p>a</p>"


def test_only_our_own_images_are_shown() -> None:
    html = to_html("![Le marché](/fichiers/a.png) ![dehors](https://exemple.fr/p.png) ![](//exemple.fr/p.png)")
    assert html.count("<img") == 1
    assert 'src="/fichiers/a.png"' in html and 'alt="Le marché"' in html
    assert '<a href="https://exemple.fr/p.png" rel="noopener nofollow">dehors</a>' in html


def test_an_image_keeps_its_place_when_its_size_is_known() -> None:
    html = to_html("![Le marché](/fichiers/AAAA#640x480)")
    assert all(part in html for part in ('src="/fichiers/AAAA"', 'width="640"', 'height="480"', 'loading="lazy"'))


@pytest.mark.parametrize("size", ["#640", "#0x0", "#1x999999", "#-1x2", "#1x2x", "#٣x٣", '#1x2" onload="x'])
def test_a_size_that_is_none_sets_nothing(size: str) -> None:
    html = to_html(f"![Le marché](/fichiers/AAAA{size})")
    assert "width=" not in html and "height=" not in html and "<img onload" not in html


@pytest.mark.parametrize(
    "url",
    ["https://a.fr", "http://a.fr/b?c=d:e", "mailto:a@b.fr", "/a", "a/b", "../a", "#fn:1", "?a=b", "a/b:c", "HTTPS://A.fr"],
)
def test_addresses_that_may_be_followed(url: str) -> None:
    assert is_safe_link(url)


def test_french_is_set_in_words_and_never_in_code_or_addresses() -> None:
    html = to_html("l'*AMAP* : « oui », **Qui**? `a ? 'b'` [x](https://a.fr/?b=c;d 'c\\'est : ?') à 8:05")
    assert "l’<em>AMAP</em>&nbsp;: «\u202foui\u202f», <strong>Qui</strong>\u202f?" in html
    assert "<code>a ? 'b'</code>" in html and "https://a.fr/?b=c;d" in html and "8:05" in html


def test_entities_show_their_characters_and_hide_no_tag() -> None:
    assert to_html("caf&eacute; &lt;b&gt; &amp;lt; R&D &#x202e;a") == "<p>café &lt;b&gt; &amp;lt; R&amp;D a</p>"


def test_threads_do_not_share_a_parser() -> None:
    sources = [f"*{rank}*[^1]\n\n[^1]: note {rank}\n\n" + f"- {rank}\n" * 20 for rank in range(4)]
    expected = [to_html(source) for source in sources]
    found: list[list[str]] = []

    def work() -> None:
        found.append([to_html(source) for source in sources * 5])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected * 5] * 4


@given(st.one_of(st.text(max_size=300), st.lists(pieces, max_size=10).map("".join)), st.integers(20, 120))
@settings(deadline=None)
def test_an_excerpt_fits_and_holds_no_control(source: str, length: int) -> None:
    for words in (excerpt(source, length), first_sentence(source, length)):
        assert len(words) <= length
        assert not {*words} & (CONTROLS | FLIPS)
        assert "\n" not in words


def test_excerpts() -> None:
    source = "# Le marché\n\nNous avons **réuni** l'[équipe](/x) :\n\n- un\n- deux\n\n> M. Oudin a dit oui.[^1]\n\n[^1]: note"
    assert plain(source) == "Le marché. Nous avons réuni l’équipe\u00a0: un\u202f; deux\u202f; M. Oudin a dit oui."
    assert first_sentence("M. Oudin est venu. Puis non.") == "M. Oudin est venu."
    assert excerpt("Une phrase assez longue. Une autre phrase.", 30) == "Une phrase assez longue. …"
    assert excerpt("Une phrase vraiment trop longue pour tenir.", 20) == "Une phrase vraiment…"
    assert excerpt("Court.", 20) == "Court."
    assert plain("| a | b |\n|---|---|\n| 1 | 2 |") == "a, b 1, 2"


WORDS = st.lists(
    st.one_of(
        st.sampled_from(["Nous", "« oui »", "« »", "2\u202f000", "8\u00a0h\u00a005", "10\u00a0%", "3\u00a0€", "l’école", "…"]),
        st.sampled_from([":", "?", ";", "a.b", "1.", "-", "x-y", "/a", "ftp", "etc."]),
        st.sampled_from(["\n\n", "\n", " ", "http", "www.", "_", "M. Roy"]),
        st.text(alphabet=st.characters(categories=["Ll", "Lu", "Lo", "Lm", "Nd", "No"]), min_size=1, max_size=6),
    ),
    max_size=12,
)


@given(WORDS, st.sampled_from([" ", ""]))
def test_a_text_without_a_mark_is_written_as_the_pipeline_writes_it(words: list[str], between: str):
    source = tidy(between.join(words))
    quick = text._without_a_mark(source) if source.strip() else None
    assert quick is None or quick == text._parsed(source, "d-", 3)


def test_most_words_have_no_mark():
    told = "Nous avons prévenu l’école trop tard : personne n’avait rappelé.\n\nLe lendemain, 12 familles attendaient."
    assert text._without_a_mark(told) == text.to_html(told) == text._parsed(told, "", 4)
    for marked in ("Du **gras**", "a < b", "Un\nretour", "- une liste", "1. un", "voir https://exemple.fr", "a_b"):
        assert text._without_a_mark(marked) is None, marked
