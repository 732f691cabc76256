"""The parts of a DOCX that are the same for every récit: styles, lists, the separators of the notes."""

from rex.documents.xml_out import HEAD

_OOXML = "http://schemas.openxmlformats.org"
W = (
    f'xmlns:w="{_OOXML}/wordprocessingml/2006/main" xmlns:r="{_OOXML}/officeDocument/2006/relationships" '
    f'xmlns:wp="{_OOXML}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_OOXML}/drawingml/2006/main" '
    f'xmlns:pic="{_OOXML}/drawingml/2006/picture"'
)
RELATIONS = f'xmlns="{_OOXML}/package/2006/relationships"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OVERRIDES = {"document": "document.main", "header1": "header"} | {one: one for one in ("styles", "numbering", "footnotes")}
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_OOXML}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in _OVERRIDES.items())
    + "</Types>"
)


HEADER_TYPE = f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'


def _style(style_id: str, name: str, words: str = "", paragraph: str = "", based: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{words}</w:rPr></w:style>"
    )


def _heading(level: int) -> str:
    size = max(22, 34 - 4 * level)
    space = f'<w:keepNext/><w:spacing w:before="{360 - 40 * min(5, level)}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>'
    return _style(f"Heading{level}", f"heading {level}", f'<w:b/><w:sz w:val="{size}"/>', space)


SPACE = '<w:spacing w:after="140" w:line="276" w:lineRule="auto"/>'
STYLES = (
    f'{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
    f"<w:pPrDefault><w:pPr>{SPACE}</w:pPr></w:pPrDefault></w:docDefaults>"
    # Said again of the style: LibreOffice forgets the former as soon as there is a footnote.
    f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>{SPACE}</w:pPr></w:style>'
    + _style("Title", "Title", '<w:b/><w:sz w:val="44"/>', '<w:spacing w:after="120"/>')
    + "".join(_heading(level) for level in range(1, 10))
    + _style("RexNote", "rex note", '<w:i/><w:sz w:val="18"/>', '<w:spacing w:after="60"/>')
    + _style("RexFigure", "rex figure", '<w:sz w:val="19"/>', '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>')
    + _style("RexFigureSmall", "rex figure small", '<w:sz w:val="16"/>', '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>')
    + _style("FootnoteText", "footnote text", '<w:sz w:val="18"/>', '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>')
    + _style("Quote", "Quote", "", '<w:ind w:left="567"/>')
    + _style("RexCode", "rex code", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:sz w:val="20"/>')
    + _style("ListParagraph", "List Paragraph", "", '<w:spacing w:after="60"/>')
    + "".join(
        _style(f"ListContinue{n}", f"List Continue {n}".removesuffix(" 1"), "", f'<w:ind w:left="{567 * n}"/>')
        for n in range(1, 10)
    )
    + "</w:styles>"
)


def _abstract(number: int, kind: str, mark: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark.format(n + 1)}"/>'
        f'<w:pPr><w:ind w:left="{567 * (n + 1)}" w:hanging="340"/></w:pPr></w:lvl>'
        for n in range(9)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


NUMBERING_START = _abstract(0, "bullet", "•") + _abstract(1, "decimal", "%{}.")
FOOTNOTES_START = (
    '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="0" w:type="continuationSeparator"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
