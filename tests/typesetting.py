"""How Chinese is set: full-width punctuation, and a space between Chinese and Latin words."""

import re

HAN = "[\u4e00-\u9fff]"
HALF_WIDTH = f"{HAN}[,;:?!.(]|[,;:?!)]{HAN}"
CRAMPED = f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}"
MISSET = re.compile(f".{{0,9}}(?:{HALF_WIDTH}|{CRAMPED}).{{0,9}}")


def misset(text: str) -> list[str]:
    """Where it is not, with what stands round it."""
    return MISSET.findall(text)
