#!/usr/bin/env python3
"""Texts for measuring tokenizers: documentation of Debian packages, as lines of at least 20 characters, each once.

usage: bench/tokenizer/texts.py FOLDER     writes FOLDER/en.txt (24 MB) and FOLDER/zh.txt (8 MB)

Needs Debian's apt-get and dpkg-deb. A page's lines stay together, with an empty line after them.
"""
import gzip
import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile

LIMIT = 24_000_000
PACKAGES = {
    "en": "bible-kjv-text debian-handbook gimp-help-en linux-doc-6.1 manpages manpages-dev postgresql-doc-15 python3-doc",
    "zh": "debian-edu-doc-zh-cn debian-faq-zh-cn debian-reference-zh-cn fortunes-zh gimp-help-zh-cn kicad-doc-zh"
    " libreoffice-help-zh-cn libreoffice-help-zh-tw linuxcnc-doc-zh-cn maint-guide-zh-cn manpages-zh",
}


class Page(html.parser.HTMLParser):
    """The text of a page, with a line for each block."""

    BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "li", "td", "tr", "br", "pre"}
    SILENT = {"script", "style", "nav", "head"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.silent = 0

    def handle_starttag(self, tag, attributes):
        if tag in self.SILENT:
            self.silent += 1
        elif tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in self.SILENT and self.silent:
            self.silent -= 1

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data)


def text_of(path):
    raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    name = path.name.removesuffix(".gz")
    text = raw.decode("utf-8")
    if name.endswith((".html", ".htm", ".xhtml")):
        page = Page()
        page.feed(text)
        return "".join(page.parts)
    if re.search(r"\.[1-8]$", name):  # a manual page: requests and changes of font go
        return re.sub(r"\\f.", "", re.sub(r'^\.[A-Za-z\\"]+ ?', "", text, flags=re.M).replace("\\-", "-"))
    return text if name.endswith((".txt", ".rst")) or "fortunes" in path.parts else ""


def belongs(line, language):
    if len(line) < 20 or "\0" in line:
        return False
    if language == "zh":
        return 3 * sum("\u4e00" <= c <= "\u9fff" for c in line) >= len(line)
    return sum(c.isascii() for c in line) >= 0.95 * len(line)


def is_translation(path, language):
    return language == "en" and ("translations" in path.parts or "handbook" in str(path) and "en-US" not in path.parts)


def collect(language, folder):
    seen, written = set(), 0
    with tempfile.TemporaryDirectory() as work, open(folder / f"{language}.txt", "w") as out:
        for package in PACKAGES[language].split():
            subprocess.run(["apt-get", "download", package], cwd=work, check=True, capture_output=True)
        for archive in sorted(pathlib.Path(work).glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", archive, archive.with_suffix("")], check=True)
        for path in sorted(p for p in pathlib.Path(work).rglob("*") if p.is_file() and not p.is_symlink()):
            if written >= LIMIT or path.suffix == ".deb" or is_translation(path, language):
                continue
            try:
                text = text_of(path)
            except (UnicodeDecodeError, OSError):
                continue  # neither text nor a page
            lines = []
            for line in (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")):
                if line not in seen and belongs(line, language):
                    seen.add(line)
                    lines.append(line)
            if lines:
                written += out.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for each in PACKAGES:
        collect(each, target)
