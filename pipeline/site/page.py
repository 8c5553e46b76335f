"""A page made from data: its headings as escaped Markdown, its bodies as filled templates."""

from dataclasses import dataclass, field

from pipeline.site.text import markdown_text


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
        """Write the page as Markdown that holds no data, beside the pieces of HTML it includes."""
        lines = [f"# {markdown_text(self.title)}", self._piece(folder, 0, self.body)]
        for number, (heading, body) in enumerate(self.sections, 1):
            lines += [f"## {markdown_text(heading)}", self._piece(folder, number, body)]
        if self.children:
            # without a word of ours the menu takes the title of the page below, as it stands there
            entries = [f"{word} </{page}>" if word else page for word, page in self.children]
            lines.append("\n".join(["```{toctree}", ":hidden:", "", *entries, "```"]))
        path = folder / f"{self.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")

    def _piece(self, folder, number, body):
        if not body.strip():
            return ""
        path = folder / f"{self.name}.{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
        return f"```{{raw}} html\n:file: {path.name}\n```"
