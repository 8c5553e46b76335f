"""The library reference: one page per folder, read from the source without importing it."""

import ast
import re
from pathlib import Path

from pipeline.site.page import Page
from pipeline.site.text import fill

PACKAGE = Path("analysis")
NAME, TITLE = "reference", "Library"
UNDERLINE = re.compile(r"-{3,}")
ENTRY = re.compile(r"(\S[^:]*) : (.+)")


def write_reference(folder):
    """Write the sources of the library's pages to a folder."""
    for page in reference_pages():
        page.write(folder)


def reference_pages():
    """Build the pages of the library's folders and, first, the one that lists them."""
    pages = [page for page in map(_folder_page, _folders()) if page]
    children = [(page.title, page.name) for page, _ in pages]
    top = Page(NAME, TITLE, fill("reference.html", entries=pages), [], children)
    return [top, *(page for page, _ in pages)]


def reference_names():
    """Name the pages of the library without reading it, for whoever leads to them."""
    return [NAME, *(f"{NAME}/{'.'.join(folder.parts)}" for folder in _folders())]


def _folders():
    return sorted({path.parent for path in PACKAGE.rglob("[!_]*.py")})


def reference_of(path):
    """Name the page on which a module of the library is described.

    >>> reference_of("analysis/trend/sen.py"), reference_of("analysis/trend/__init__.py")
    ('reference/analysis.trend', 'reference/analysis.trend')
    """
    return f"{NAME}/{'.'.join(Path(path).parent.parts)}"


def _folder_page(folder):
    """The page of one folder with its first line; None where nothing in it is public."""
    modules = [_module(path) for path in sorted(folder.glob("*.py"))]
    described = [(name, blocks) for name, blocks, sections in modules if sections]
    sections = [section for *_, sections in modules for section in sections]
    if not sections:
        return None
    about = next((blocks for name, blocks, _ in modules if name == "__init__"), [])
    name = ".".join(folder.parts)
    body = fill("reference_folder.html", blocks=about, modules=described)
    return Page(f"{NAME}/{name}", name, body, sections), about[0][1] if about else ""


def _module(path):
    """Name, description and public names of a module, each name with what it is."""
    source = path.read_text(encoding="utf-8")
    tree, name = ast.parse(source), path.stem
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    lines, place = source.splitlines(), ".".join(path.with_suffix("").parts)
    return name, _docstring(tree), [(node.name, _described(node, lines, place)) for node in public]


def _docstring(tree):
    return doc_blocks(ast.get_docstring(tree) or "")


def _described(node, lines, module):
    """Render the description of one function."""
    methods = [
        {"signature": _signature(item), "blocks": doc_blocks(ast.get_docstring(item) or "")}
        for item in node.body
        if isinstance(item, ast.FunctionDef) and not item.name.startswith("_")
    ]
    return fill(
        "doc.html",
        signature=_signature(node),
        fields=_fields(node, lines),
        blocks=doc_blocks(ast.get_docstring(node) or ""),
        methods=methods if isinstance(node, ast.ClassDef) else [],
        module=module,
    )


def _signature(node):
    if isinstance(node, ast.ClassDef):
        bases = ", ".join(ast.unparse(base) for base in node.bases)
        return f"class {node.name}({bases})" if bases else f"class {node.name}"
    return f"{node.name}({ast.unparse(node.args)})"


def _fields(node, lines):
    """Name, type and comment of a dataclass's fields."""
    return [
        (item.target.id, ast.unparse(item.annotation), lines[item.lineno - 1].partition("  # ")[2])
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    ]


def doc_blocks(docstring):
    """Cut a docstring into blocks: ("text" | "code" | "heading" | "entries", content).

    >>> doc_blocks("Do it.\\n\\nParameters\\n----------\\nx : float")
    [('text', 'Do it.'), ('heading', 'Parameters'), ('entries', [('x', 'float', '')])]
    """
    blocks = []
    for part in re.split(r"\n\s*\n", docstring.strip()):
        lines = part.splitlines()
        if len(lines) > 1 and UNDERLINE.fullmatch(lines[1].strip()):
            blocks.append(("heading", lines[0].strip()))
            lines = lines[2:]
        if lines:
            blocks.append(_block(lines))
    return blocks


def _block(lines):
    if lines[0].lstrip().startswith(">>>"):
        return "code", "\n".join(lines)
    if ENTRY.fullmatch(lines[0]):
        return "entries", _entries(lines)
    return "text", " ".join(line.strip() for line in lines)


def _entries(lines):
    """Names with type and description, as numpydoc writes them."""
    entries = []
    for line in lines:
        if line.startswith(" ") and entries:
            name, kind, words = entries[-1]
            entries[-1] = (name, kind, f"{words} {line.strip()}".strip())
        else:
            name, _, kind = line.partition(" : ")
            entries.append((name.strip(), kind.strip(), ""))
    return entries
