"""`python -m docs.drawing`: draw the pictures; with `--check`, only tell whether they are true."""

from __future__ import annotations

import sys

from docs.drawing.gallery import FOLDER, PICTURES, stale


def main() -> None:
    """Write the files, or compare them with what would be drawn."""
    if "--check" not in sys.argv:
        FOLDER.mkdir(exist_ok=True)
        for draw in PICTURES:
            picture = draw()
            (FOLDER / f"{picture.name}.svg").write_text(picture.svg(), encoding="utf-8")
    if names := stale():
        listed = ", ".join(names)
        sys.exit(f"Not what the code would draw: {listed}. Run `make docs` and look at them.")


main()
