"""The clinical stories that patients are generated from."""

from __future__ import annotations

from simulators.clinical import Story
from simulators.stories import (
    cancer,
    children,
    frailty_and_mind,
    lasting,
    lungs_and_heart,
    seriously_ill_children,
)

STORIES: tuple[Story, ...] = (
    *lungs_and_heart.STORIES,
    *lasting.STORIES,
    *frailty_and_mind.STORIES,
    *cancer.STORIES,
    *children.STORIES,
    *seriously_ill_children.STORIES,
)
