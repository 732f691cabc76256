"""The addresses of the application, filled with what is real."""

import re

from flask import Flask
from werkzeug.routing import Rule

from rex.web import OpenTo


def rules_of(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def audience_of(app: Flask, rule: Rule) -> OpenTo | None:
    return getattr(app.view_functions[rule.endpoint], "open_to", None)


def path_of(app: Flask, rule: Rule, ids: dict[str, str]) -> str:
    unknown = rule.arguments - set(ids)
    assert unknown == set(), f"{rule.rule}: give the fixture `ids` (tests/house/conftest.py) something real for {unknown}"
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda variable: ids[variable[1]], rule.rule)


def closed_rules(app: Flask) -> list[Rule]:
    return [rule for rule in rules_of(app) if audience_of(app, rule) != OpenTo.PUBLIC]
