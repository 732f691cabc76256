"""Leaving: one's own data as an archive, a collectif that one leaves, an account that is deleted.

This room touches what every other keeps of a person; `becoming` says, column by column, what becomes of it. It is the last one that
the application adds: nobody imports it."""
