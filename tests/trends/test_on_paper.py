"""The head that the page of trends has on paper only: whose it is, which days, what it is narrowed to, held against what."""

from rex.trends.links_out import LinksOut, PrintedHead
from tests.trends.opened import plain_spaces


def head_of(app, *filters: str) -> str:
    head = PrintedHead("Journal de la Ville de Valombre", "2026", "2025", filters, "lundi 23 novembre 2026")
    drawn = app.jinja_env.get_template("trends/_printed_head.html").render(out=LinksOut(head, "/imprimer", (), ()))
    return plain_spaces(drawn)


def test_paper_says_what_was_asked(app):
    said = head_of(app, "Coopération", "<b>Voirie</b>")
    for words in ("Journal de la Ville de Valombre", "2026", "Comparé avec : 2025", "Imprimé le lundi 23 novembre 2026"):
        assert words in said
    assert "Filtres : Coopération ; &lt;b&gt;Voirie" in said
    assert "Filtres" not in head_of(app)
