"""A whole collectif to an open archive, and back into another installation (`docs/archive.md` describes the file)."""
