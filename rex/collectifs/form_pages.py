"""A page that holds a form: 200 when it is first shown, 422 when it comes back with what is missing."""

from typing import Any

from flask import render_template

from rex.collectifs.entrance_forms import Form


def form_page(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """The page and its status, as a view returns them."""
    html = render_template(template, form=form, page_errors=bool(form.errors), **context)
    return html, 422 if form.errors else 200
