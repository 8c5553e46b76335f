"""Reading pages of the site as a browser would: their elements, and links that lead nowhere."""

import re
from html.parser import HTMLParser


class Tags(HTMLParser):
    """The elements of a page with their attributes, as a browser would read them."""

    def __init__(self, path):
        super().__init__()
        self.found = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def dead_links(site):
    """Addresses on a page of the site that lead nowhere in it."""
    pages = {
        path: Tags(path).found for path in site.rglob("*.html") if path.parent.name != "tables"
    }
    anchors = {path: {a["id"] for _, a in tags if a.get("id")} for path, tags in pages.items()}
    for path, tags in pages.items():
        for _, attributes in tags:
            address = attributes.get("href") or attributes.get("src") or ""
            if not address or re.match(r"\w+:", address):
                continue
            name, _, anchor = address.partition("#")
            target = (path.parent / name.partition("?")[0]).resolve() if name else path.resolve()
            known = anchors.get(target)
            if not target.is_file() or (anchor and known is not None and anchor not in known):
                yield f"{path.name}: {address}"
