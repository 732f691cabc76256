"""Documents: what was written elsewhere comes in, what was written here goes out.

In: DOCX, ODT, Markdown, HTML and plain text are read in a process apart (`child`), as blocks (`blocks`) that become Markdown as REX
writes it; their headings are led to the sections of the canvas (`mapping`), a person changes that on a screen, and drafts are made.
Out: a récit becomes Markdown, HTML, DOCX, ODT or PDF, through the door as the reader who asks for it; so do an action with all its
récits and those that one ticks in a list (`pieces`), which leave as a sheet too (`tables`: no cell is a formula)."""
