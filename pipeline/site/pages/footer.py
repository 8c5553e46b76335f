"""What stands below every page: licence, downloads, and how to cite the study."""

import json
import re
from pathlib import Path

from pipeline.site.text import fill

CITATION = Path("CITATION.cff")
DOWNLOADS = {
    "tables/tables.xlsx": "tables (xlsx)",
    "claims.csv": "claims (csv)",
    "composite.csv": "scores (csv)",
    "integral.csv": "integral indicator (csv)",
    "trends.csv": "trends (csv)",
    "growth.csv": "growth (csv)",
}
ARTICLE = Path("article/article.bib")


def footer(material):
    """Return the HTML; `@/` in it leads to the front page."""
    article = material.places.is_default
    works = [_project(), ARTICLE.read_text(encoding="utf-8").strip()] if article else []
    return fill(
        "footer_of_article.html" if article else "footer.html",
        licences=_licences(material),
        downloads=[(word, name) for name, word in DOWNLOADS.items() if material.has(name)],
        entries=works or [_study(material)],
    )


def _licences(material):
    path = material.places.raw / "datapackage.json"
    if not path.is_file():
        return []
    given = json.loads(path.read_text(encoding="utf-8-sig")).get("licenses")
    given = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [(str(one.get("title") or one.get("name") or ""), _address(one)) for one in given]


def _address(licence):
    path = str(licence.get("path", ""))
    return path if path.startswith(("https://", "http://")) else ""


def _project():
    """This project as its CITATION.cff has it."""
    text = CITATION.read_text(encoding="utf-8")
    title, version, date = (
        re.search(rf'^{name}: "?(.*?)"?$', text, re.MULTILINE)[1]
        for name in ("title", "version", "date-released")
    )
    return _entry("software", "sme-cluster-study", title=title, version=version, year=date[:4])


def _study(material):
    return _entry("misc", "study", title=material.about["title"])


def _entry(kind, key, **fields):
    lines = [f"  {name:7} = {{{_plain(value)}}}" for name, value in fields.items()]
    return ",\n".join([f"@{kind}{{{key}", *lines]) + "\n}"


def _plain(text):
    return re.sub(r"[{}\\]", "", " ".join(str(text).split()))
