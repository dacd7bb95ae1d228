"""A page as one HTML file that works anywhere: no script, nothing from elsewhere, readable without its charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from roleplay.report.page import Block, Chart, Entries, Page, Paragraph, Said, Section, Table, cells

STYLE = """
:root { color-scheme: light dark; --text: #1d2329; --quiet: #5a6672; --line: #d5dbe1; --back: #fbfbf9; --sheet: #fff;
  --one: #2b6f8f; --two: #8a5a12; }
@media (prefers-color-scheme: dark) { :root { --text: #dde1e6; --quiet: #97a1ac; --line: #333b44; --back: #14171b;
  --sheet: #1a1e23; --one: #7fb4ca; --two: #d9b36c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem;
  margin-top: 1rem; }
p { margin: .4rem 0; }
.quiet, figcaption, th { color: var(--quiet); }
blockquote { margin: .5rem 0; padding: .1rem 0 .1rem .8rem; border-left: 3px solid var(--one); white-space: pre-line; }
blockquote.you { border-color: var(--two); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
ul { margin: .4rem 0; padding: 0; list-style: none; }
li { display: grid; grid-template-columns: 1.4rem 1fr; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-weight: 500; white-space: nowrap; }
figure { margin: .5rem 0; }
svg { width: 100%; height: auto; }
svg text { fill: var(--quiet); font-size: 13px; font-family: system-ui, sans-serif; }
svg .name { fill: var(--text); font-weight: 600; }
.axis { stroke: var(--line); stroke-width: 1; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
.line0, .dot0 { stroke: var(--one); } .line1, .dot1 { stroke: var(--two); stroke-dasharray: 6 4; }
.dot0 { fill: var(--one); } .dot1 { fill: var(--sheet); stroke-dasharray: none; stroke-width: 2; }
@media print { section { break-inside: avoid; border: 0; padding: 0; } }
"""
WIDE, HIGH, LEFT, TOP, GAP = 640, 150, 44, 28, 54
"""Of a chart, in units of its own: each line has a panel of this height."""
MOST_LABELS = 16


def html(page: Page) -> str:
    """The whole file. Text from people, files and models is escaped where it is put in."""
    body = "\n".join(_section(one) for one in page.sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(page.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<header><h1>{escape(page.title)}</h1><p class="quiet">{escape(page.subtitle)}</p></header>
{body}
</main>
</body>
</html>
"""


def _section(section: Section) -> str:
    blocks = "\n".join(part for block in section.blocks for part in _block(block))
    return f"<section>\n<h2>{escape(section.title)}</h2>\n{blocks}\n</section>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text, label=label):
            bold = f"<strong>{escape(label)}</strong> " if label else ""
            yield f"<p>{bold}{escape(text)}</p>"
        case Said(text=text, who=who):
            bold = f"<strong>{escape(who)}:</strong> " if who else ""
            yield f'<blockquote class="{"you" if who == "You" else "they"}">{bold}{escape(text)}</blockquote>'
        case Entries(entries=entries):
            items = "\n".join(_entry(glyph, text) for glyph, text in entries)
            yield f"<ul>\n{items}\n</ul>"
        case Table(head=head, rows=rows):
            yield _table(head, rows)
        case Chart():
            yield _chart(block)


def _entry(glyph: str, text: str) -> str:
    return f'<li><span aria-hidden="true">{escape(glyph)}</span> <span>{_spoken(glyph)}{escape(text)}</span></li>'


def _spoken(glyph: str) -> str:
    """What a glyph says to somebody who does not see it."""
    said = {"✓": "done: ", "✗": "not done: "}.get(glyph, "")
    return f'<span class="unseen">{said}</span>' if said else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _chart(chart: Chart) -> str:
    """Each line in a panel of its own under the other, and all numbers as a table for who cannot see it."""
    height = len(chart.lines) * (HIGH + GAP)
    panels = "\n".join(_panel(at, name, values, low, high) for at, (name, values, low, high) in enumerate(chart.lines))
    count = max(len(values) for _, values, *_ in chart.lines)
    numbers = _table(["reply", *map(str, range(count))], [[name, *cells(values)] for name, values, *_ in chart.lines])
    label = escape(f"{chart.title}; the numbers follow")
    return (
        f'<figure>\n<svg viewBox="0 0 {WIDE} {height}" role="img" aria-label="{label}">\n'
        f"{panels}\n</svg>\n<figcaption>{escape(chart.title)}; 0 is the opening.</figcaption>\n"
        f"<details><summary>The same as numbers</summary>{numbers}</details>\n</figure>"
    )


def _panel(at: int, name: str, values: Sequence[float | None], low: float, high: float) -> str:
    top = TOP + at * (HIGH + GAP)
    step = (WIDE - LEFT - 12) / max(len(values) - 1, 1)
    places = [
        (LEFT + place * step, top + HIGH * (high - value) / (high - low))
        for place, value in enumerate(values)
        if value is not None
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle class="dot{at}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places)
    ticks = "".join(_tick(value, top + HIGH * (high - value) / (high - low)) for value in (low, (low + high) / 2, high))
    every = -(-len(values) // MOST_LABELS)
    labels = "".join(
        f'<text x="{LEFT + place * step:.1f}" y="{top + HIGH + 18}" text-anchor="middle">{place}</text>'
        for place in range(0, len(values), every)
    )
    title = f'<text x="{LEFT}" y="{top - 12}" class="name">{escape(name)}</text>'
    return f'{ticks}{title}{labels}<polyline class="line line{at}" points="{points}"/>{dots}'


def _tick(value: float, y: float) -> str:
    return (
        f'<line class="axis" x1="{LEFT}" x2="{WIDE - 8}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    )
