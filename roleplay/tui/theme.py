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
    panel="#23282f",
    success="#8fbf8f",
    warning="#d9b36c",
    error="#d98a8a",
    dark=True,
    variables={
        "footer-key-foreground": "#9ecbb8",
        "footer-background": "#1a1e23",
        "block-cursor-background": "#2b3a42",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#252d33",
        "input-selection-background": "#7fb4ca 35%",
    },
)
