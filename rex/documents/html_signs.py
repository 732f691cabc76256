"""By what an HTML page is read: its elements, its styles, its footnotes, and how REX begins one."""

import re

SKIPPED = {"script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe", "form", "select"}
SKIPPED |= {"textarea", "button", "del"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CONTAINERS = {"p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "dd", "dt"}
CONTAINERS |= {"address", "center", "body", "html", "dl", "details", "summary", "nav", "caption"}
BLOCKS = {*HEADINGS, *CONTAINERS, "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
BOLD, LIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.I)
ITALIC = re.compile(r"font-style\s*:\s*italic", re.I)
DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
BACK = re.compile(r"#(?:_?ftnref|_?ednref|sdfootnote\d+anc)")
STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
FOOTNOTES = "footnote"
NOTE = re.compile(r"#_?((?:[\w-]*?fn:|ftn|edn|sdfootnote)\d+)(?:sym)?$")  # « contexte-fn:1 » is not « resistance-fn:1 »
# How `rex.documents.to_page` begins what it writes: its title, who exported it; then its sections, by their names.
OWN = re.compile(r'<body>\s*<main>\s*(?:<p class="confidential">[^<]*</p>\s*)?<h1>[^<]*</h1>\s*<div class="preface">')
SLUG = re.compile(r"[a-z0-9-]{1,60}")
