"""What the first pages of a person cost in a journal that grew: `python -m benchmarks.first_pages [RÉCITS DIFFICULTÉS MESSAGES]`.

Sizes, bases and turns are those of `benchmarks.trends`: each page beside the journal's list of récits."""

from collections.abc import Iterator

from flask import Flask

from benchmarks.trends import main, sizes_asked


def _pages(_app: Flask, slug: str) -> Iterator[tuple[str, str]]:
    here = f"/c/{slug}"
    yield "accueil du journal", f"{here}/"
    yield "ce qui vous attend", "/ce-qui-vous-attend"
    yield "difficultés", f"{here}/difficultes"
    yield "sans réponse", f"{here}/sans-reponse"
    yield "boussole", "/boussole"
    yield "mes textes", f"{here}/quitter/mes-textes.md"


if __name__ == "__main__":
    main(sizes_asked(), _pages)
