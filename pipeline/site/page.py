"""A page made from data: its headings as escaped Markdown, its bodies as filled templates."""

from dataclasses import dataclass, field

from pipeline.site.text import markdown_text, raw_html

PICTURES = "_images"  # the folder of all pages' pictures


@dataclass
class Page:
    """One page of the site: `name` is its path without suffix."""

    name: str
    title: str
    body: str = ""  # HTML
    sections: list[tuple[str, str]] = field(default_factory=list)  # heading, HTML
    children: list[tuple[str, str]] = field(default_factory=list)  # our word or none, page below
    description: str = ""  # a sentence for whoever finds the page by a search

    def write(self, folder):
        """Write the page as Markdown; data stand in it as HTML or escaped, never as Markdown."""
        parts = [f"# {markdown_text(self.title)}"]
        bodies = [self.body, *(body for _, body in self.sections)]
        headings = ["", *(f"## {markdown_text(heading)}" for heading, _ in self.sections)]
        for heading, body in zip(headings, bodies, strict=True):
            parts += [heading, raw_html(body) if body.strip() else ""]
        if self.children:
            # without a word of ours the menu takes the title of the page below, as it stands there
            entries = [f"{word} </{page}>" if word else page for word, page in self.children]
            parts.append("\n".join(["```{toctree}", ":hidden:", "", *entries, "```"]))
        path = folder / f"{self.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(filter(None, parts)) + "\n", encoding="utf-8")
