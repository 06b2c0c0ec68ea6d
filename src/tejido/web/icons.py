"""The few line icons of the interface, 24 × 24, drawn with the colour of the text around them."""

from __future__ import annotations

PATHS: dict[str, str] = {
    "account": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1.5-4 4.5-5 8-5s6.5 1 8 5",
    "add": "M12 5v14M5 12h14",
    "back": "M15 5l-7 7 7 7",
    "calendar": "M4 7h16v13H4zM4 11h16M8 4v5M16 4v5",
    "check": "M5 13l4 4L19 7",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
    "close": "M6 6l12 12M18 6L6 18",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "down": "M6 9l6 6 6-6",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "edit": "M4 20l1-4L16 5l3 3L8 19z",
    "grip": "M8 6h2M14 6h2M8 12h2M14 12h2M8 18h2M14 18h2",
    "key": "M15 13a4 4 0 1 0-4-4l-7 7v4h4v-3h3v-3z",
    "leave": "M10 4H5v16h5M9 12h11M16 8l4 4-4 4",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "next": "M9 5l7 7-7 7",
    "phone": "M8 3h8v18H8zM11 18h2",
    "place": "M12 21s7-6 7-11a7 7 0 1 0-14 0c0 5 7 11 7 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4 4",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
    "share": "M8 13l8 4M16 7l-8 4M6 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 21a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "sort-down": "M12 5v14M6 13l6 6 6-6",
    "sort-up": "M12 19V5M6 11l6-6 6 6",
    "undo": "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6",
    "up": "M6 15l6-6 6 6",
    "wrong": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v6M12 16.5v.5",
}
