"""Renders GitHub Flavored Markdown with GitHub's own parser, and prints as JSON what a reader sees of
each of the given files."""

import collections
import html.parser
import json
import pathlib
import sys

import cmarkgfm
from cmarkgfm.cmark import Options


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = collections.Counter()
        self.open = []
        self.texts = {name: [] for name in ("h2", "h3", "summary", "pre")}
        self.tables = []
        self.unbalanced = []

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        if tag in ("br", "hr", "img", "input"):
            return
        self.open.append(tag)
        if tag in self.texts:
            self.texts[tag].append("")
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data):
        for tag in self.open:
            if tag in self.texts:
                self.texts[tag][-1] += data
            if tag in ("td", "th"):
                self.tables[-1][-1][-1] += data


def read(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    reader = Page()
    reader.feed(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))
    reader.close()
    return {
        "tags": reader.tags, "tables": reader.tables, "headings": reader.texts["h2"] + reader.texts["h3"],
        "summaries": reader.texts["summary"], "blocks": reader.texts["pre"],
        "unbalanced": reader.unbalanced + reader.open,
    }


json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
