#!/usr/bin/env python3
"""Texts in 67 languages: LibreOffice's help and what its programs say, as Debian packages them.

usage: bench/tokenizer/languages.py FOLDER     writes FOLDER/LANGUAGE.txt (110 MB altogether) and FOLDER/packages

A page of the help is a document, and so are every 20 messages of a program; documents have an empty line after them. Half of
the pages are not translated, and menus repeat on every page: so each line is there once, in whatever language and page it
comes first, and English comes first. Needs Debian's apt-get and dpkg-deb.
"""
import gettext
import pathlib
import re
import subprocess
import sys
import tempfile

from texts import Page

HELP = (
    "en-us en-gb ca cs da de dz el es et eu fi fr gl hi hu id it ja km ko nl om pl pt pt-br ru sl sv tr vi zh-cn zh-tw"
)
MESSAGES = "am ar be bg bn br cy eo fa ga gu he hr is ka kk kn lt lv mk ml mn mr nb ne or pa-in ro si sk sr ta te th uk uz"
MESSAGES_OF_A_DOCUMENT = 20


def fetch(package, folder):
    if not list(folder.glob(package + "_*.deb")):
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True, capture_output=True)
    return next(folder.glob(package + "_*.deb"))


def pages(root):
    for path in sorted(root.rglob("*.html")):
        page = Page()
        page.feed(path.read_text(encoding="utf-8", errors="replace"))
        yield "".join(page.parts).split("\n")


def messages(root):
    for path in sorted(root.rglob("*.mo")):
        with open(path, "rb") as file:
            said = gettext.GNUTranslations(file)._catalog
        # The first "message" is the file's own header.
        lines = [line for key, text in said.items() if key for line in text.split("\n")]
        for start in range(0, len(lines), MESSAGES_OF_A_DOCUMENT):
            yield lines[start : start + MESSAGES_OF_A_DOCUMENT]


def collect(package, documents, packages, out, seen):
    with tempfile.TemporaryDirectory() as work, open(out, "w", encoding="utf-8") as file:
        subprocess.run(["dpkg-deb", "-x", fetch(package, packages), work], check=True)
        written = 0
        for document in documents(pathlib.Path(work)):
            lines = []
            for line in (re.sub(r"[ \t]+", " ", line).strip() for line in document):
                if line and line not in seen:
                    seen.add(line)
                    lines.append(line)
            if lines:
                written += file.write("\n".join(lines) + "\n\n")
    print(out.name, written, "characters", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    kept = target / "packages"
    kept.mkdir(parents=True, exist_ok=True)
    lines_seen = set()
    for language in HELP.split():
        collect("libreoffice-help-" + language, pages, kept, target / f"{language}.txt", lines_seen)
    for language in MESSAGES.split():
        collect("libreoffice-l10n-" + language, messages, kept, target / f"{language}.txt", lines_seen)
