"""Hostile texts: what a name, a value or a message could hold to hang, crash, mislead or betray who shows it.

One idea: each is one line of one table, by the name under which a report tells it. Not for what is done with
them (`tests.proof.string_sinks`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def payloads(trap: Path) -> Mapping[str, str]:
    """All of them; whoever opens `trap`, a pipe that nobody writes into, hangs."""
    return {**_markup(trap), **_characters(), **_for_programs(), **_sizes()}


def _markup(trap: Path) -> dict[str, str]:
    inner = "x"
    for _ in range(12):
        inner = f"<table><tr><td>{inner}</td><td>{inner[:40]}</td></tr></table>"
    file = trap.as_uri()
    return {
        "bold": "<b>bold</b> and <i>italic</i>",
        "nested tables": inner[:270],
        "deeper tables": "<table><tr><td>" * 60 + "x",
        "45 kB of tables": "<table border=1><tr><td>cell" * 1_600,
        "picture of a file": f'<img src="{file}">',
        "picture of the net": '<img src="http://192.0.2.1/x.png">',
        "picture of a share": '<img src="//192.0.2.1/share/x.png">',
        "background of a file": f'<body background="{file}"><p>x',
        "list picture": f'<ul style="list-style-image:url({file})"><li>x</ul>',
        "linked style": f'<link rel="stylesheet" href="{file}"><p>x',
        "imported style": f"<style>@import url({file});</style><p>x",
        "script": "<script>alert(1)</script>",
        "frame": f'<iframe src="{file}"></iframe>',
        "link": '<a href="file:///etc/passwd">click</a>',
        "doctype": "<!DOCTYPE html><html><head><title>x</title></head><body><h1>x</h1></body></html>",
        "entities": "&lt;b&gt; &amp;amp; &#x1F600; &nbsp;&bogus;",
        "billion laughs": '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;&b;</l>',
        "comment": "<!-- x --><p>y",
        "huge font": '<font size="99999" style="font-size:1000000px">x</font>',
        "wide table": '<table width="2147483647" cellspacing="2147483647"><tr><td>x</table>',
        "markdown": "# x\n[link](file:///etc/passwd) ![](file:///etc/passwd)\n***x***",
        "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "no tag": "1 < 2 && 3 > 2 </",
        "QSS": "x; } * { background: red; color: red; } QLabel { font-size: 900px",
    }


def _characters() -> dict[str, str]:
    return {
        "controls": "".join(map(chr, range(1, 32))) + "\x7f",
        "NUL": "before\0after",
        "C1 controls": "".join(map(chr, range(0x80, 0xA0))),
        "lone surrogate": "x\ud800y",
        "surrogates the wrong way": "\udc00\ud800",
        "bidi override": "safe\u202egnp.exe\u202c",
        "bidi isolates": "\u2066\u2067\u2068" * 200 + "x" + "\u2069" * 600,
        "deep embedding": "\u202a\u202b" * 2_000 + "x",
        "right to left": "תא 7, العينة",
        "zalgo": "z" + "\u0300\u0316\u0334" * 400,
        "invisible": "\u200b\u200c\u200d\u2060\ufeff" * 50,
        "blank": " \u00a0\u2003\u3000",
        "empty": "",
        "line ends": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x0bseven\x0ceight\x85",
        "tabs": "\t" * 500 + "x",
        "not a character": "\ufffe\uffff\U0010ffff",
        "private use": "\ue000\uf8ff\U000f0000",
        "emoji joined": "👨‍👩‍👧‍👦🏳️‍🌈" * 100,
        "flags": "🇩🇪" * 500,
        "look-alikes": "раypal ⅰ ﬁ ①",
        "mnemonics": "&File && &&& a & b &",
        "shortcut text": "Save\tCtrl+Q",
    }


def _for_programs() -> dict[str, str]:
    return {
        "format": "%s %n %d %(x)s {0} {x.__class__} {} %1 %L2 %99",
        "ANSI": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J",
        "formula": "=1+1",
        "formula that asks": '=HYPERLINK("http://192.0.2.1/","x")',
        "formula that calls": "@SUM(1+1)*cmd|' /C calc'!A0",
        "command": "$(touch x) `touch x`; touch x & touch x | x",
        "path": "../../../../etc/passwd",
        "device": "CON",
        "share": "\\\\192.0.2.1\\share\\x",
        "Python": "__import__('os').system('touch x')",
        "JSON": '{"__proto__": {"x": 1}, "a": [' + "[" * 200,
    }


def _sizes() -> dict[str, str]:
    return {
        "long word": "x" * 20_000,
        "many words": "word " * 20_000,
        "many lines": "line\n" * 20_000,
        "10 MB": "x" * 10_000_000,
        "10 MB of markup": "<b>" * 3_400_000,
        "10 MB of lines": "12345678\n" * 1_100_000,
        "10 MB that are wide": "界" * 3_300_000,
    }
