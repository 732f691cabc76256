"""Names that mean something in an ODT: what is not shown, what is drawn, and the quotes that REX wrote."""

INDEXES = {"text:table-of-content", "text:alphabetical-index", "text:illustration-index", "text:table-index", "text:user-index"}
INDEXES |= {"text:object-index", "text:bibliography"}
HIDDEN = {"text:hidden-text", "text:hidden-paragraph", "text:conditional-text"}
SILENT = {"text:tracked-changes", "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls"}
SILENT |= {"text:note-citation", "text:soft-page-break", "office:annotation-end", "svg:title", "svg:desc"}
QUOTE = "Citation REX"  # the name of a section that REX made of a quote
DRAWINGS = (".svg", ".svm", ".emf", ".wmf")
