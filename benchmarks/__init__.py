"""How much the pages cost, always beside something measured in the same run: a figure alone says what the machine was doing."""
