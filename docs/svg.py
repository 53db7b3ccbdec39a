"""Pictures as text: what SVG needs to be written, and no more."""

from __future__ import annotations

from html import escape

from boilerkill.printable import printable

__all__ = ["PAPER", "Drawing", "shortened"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
PAPER = "#ffffff"


class Drawing:
    """A picture that grows by what is drawn on it; all sizes are in pixels.

    >>> drawing = Drawing(20, 10, "A bar")
    >>> drawing.bar(0, 0, 5, 10, "red")
    >>> '<rect x="0" y="0" width="5" height="10" fill="red"/>' in drawing.svg()
    True
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        """Begin with an empty sheet.

        Args:
            width: How wide it is.
            height: How high it is.
            title: What is to be seen, for those who can't see it.
        """
        self.width, self.height = width, height
        self._parts = [f"<title>{escape(printable(title))}</title>"]
        self.bar(0, 0, width, height, PAPER, corner=6)

    def bar(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        corner: float = 0,
        note: str = "",
    ) -> None:
        """Draw a rectangle; a note is shown where the pointer rests on it."""
        round_off = f' rx="{_number(corner)}"' if corner else ""
        inside = f"><title>{escape(printable(note))}</title></rect>" if note else "/>"
        self._parts.append(
            f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
            f'height="{_number(height)}"{round_off} fill="{fill}"{inside}'
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw a thin line."""
        self.path([start, end], colour, 1)

    def path(self, points: list[tuple[float, float]], colour: str, width: float = 2) -> None:
        """Draw a line through points."""
        through = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{through}" fill="none" stroke="{colour}" '
            f'stroke-width="{_number(width)}" stroke-linejoin="round"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 12,
        colour: str = "#222222",
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write a line of text; `y` is its base line."""
        weight = ' font-weight="600"' if bold else ""
        written = escape(printable(text), quote=False)
        self._parts.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}" '
            f'fill="{colour}" text-anchor="{anchor}"{weight}>{written}</text>'
        )

    def svg(self) -> str:
        """Return the picture."""
        size = f"{_number(self.width)} {_number(self.height)}"
        parts = "\n".join(self._parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" '
            f'font-family="{FONT}">\n{parts}\n</svg>\n'
        )


def _number(value: float) -> str:
    """Return a number as short as it can be: tenths of a pixel are enough."""
    return f"{value:.1f}".removesuffix(".0")


def shortened(text: str, longest: int) -> str:
    r"""Return a text on one line, cut off where it gets longer.

    >>> shortened("Rain at last,\\nsaid the mayor", 12)
    'Rain at las…'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
