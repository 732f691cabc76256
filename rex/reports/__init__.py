"""« Signaler »: a text is shown to the animateurs, who may suspend it with a written reason that its authors read."""
