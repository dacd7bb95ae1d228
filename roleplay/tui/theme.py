"""The app's own colours: calm, and with enough contrast to read for an hour."""

from __future__ import annotations

from textual.theme import Theme

CALM = Theme(
    name="calm",
    primary="#7fb4ca",
    secondary="#c8a97e",
    accent="#9ecbb8",
    foreground="#d9dce1",
    background="#14171b",
    surface="#1a1e23",
    panel="#2a3038",
    success="#8fbf8f",
    warning="#d9b36c",
    error="#d98a8a",
    dark=True,
    variables={
        "quiet": "#8f98a3",
        "faint": "#48515b",
        "footer-key-foreground": "#9ecbb8",
        "footer-description-foreground": "#8f98a3",
        "footer-background": "#14171b",
        "scrollbar": "#2a3038",
        "scrollbar-hover": "#48515b",
        "scrollbar-active": "#7fb4ca",
        "scrollbar-background": "#14171b",
        "scrollbar-background-hover": "#14171b",
        "scrollbar-background-active": "#14171b",
        "scrollbar-corner-color": "#14171b",
        "block-cursor-background": "#26323a",
        "input-selection-background": "#7fb4ca 35%",
    },
)
QUIET = {"quiet": "#808893", "faint": "#808893 50%"}
"""The same two in every other theme: grey that reads on light and on dark."""
