"""The app's own colours, with enough contrast to read for an hour: dark, light, and as much contrast as there is."""

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
        "quiet": "#939ca7",
        "faint": "#48515b",
        "footer-key-foreground": "#9ecbb8",
        "footer-description-foreground": "#939ca7",
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
DAYLIGHT = Theme(
    name="daylight",
    primary="#1f5f7d",
    secondary="#7a4d0e",
    accent="#1d6b52",
    foreground="#1c2227",
    background="#fbfaf6",
    surface="#f1efe8",
    panel="#d5d2c8",
    success="#2a6a2a",
    warning="#7d5200",
    error="#a12d2d",
    dark=False,
    variables={
        "quiet": "#59626b",
        "faint": "#a9aca9",
        "block-cursor-background": "#d9e6ec",
        "block-cursor-foreground": "#1c2227",
        "footer-key-foreground": "#1d6b52",
        "footer-description-foreground": "#59626b",
        "footer-background": "#fbfaf6",
        "input-selection-background": "#1f5f7d 30%",
    },
)
CONTRAST = Theme(
    name="high-contrast",
    primary="#7fd7ff",
    secondary="#ffd75f",
    accent="#87ffd7",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#bcbcbc",
    success="#87ff87",
    warning="#ffd75f",
    error="#ffafaf",
    dark=True,
    variables={
        "quiet": "#dadada",
        "faint": "#9e9e9e",
        "block-cursor-background": "#00405c",
        "footer-key-foreground": "#87ffd7",
        "footer-description-foreground": "#ffffff",
        "footer-background": "#000000",
        "input-selection-background": "#005f87",
    },
)
THEMES = (CALM, DAYLIGHT, CONTRAST)
QUIET = {"quiet": "#808893", "faint": "#808893 50%"}
"""The same two in every other theme: grey that reads on light and on dark."""
