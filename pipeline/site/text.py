"""Put texts that come from data into pages: as text, whatever they hold."""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from analysis.tidy.wording import number

TEMPLATES = Path(__file__).with_name("templates")
ARTICLE = Path("article")  # what only the article's own pages say
MARK = re.compile(r"([!-/:-@\[-`{-~])")  # all of ASCII's punctuation: Markdown has no other marks
BLOCK_END = re.compile(r"(</(?:td|th|tr|p|li|dt|dd|div|h\d|caption|summary)>|<br ?/?>)(?=\S)")
TICKS = re.compile(r"`{3,}")
CODE = re.compile(r"`+([^`]+)`+")


def markdown_text(text):
    r"""Write a text so that Markdown shows it as it is, on one line.

    >>> print(markdown_text("a|b <script> {math}`x` $y$"))
    a\|b \<script\> \{math\}\`x\` \$y\$
    """
    return MARK.sub(r"\\\1", " ".join(str(text).split()))


def markdown_html(source):
    """Turn the Markdown that a notebook computed into HTML: no raw HTML in it, nothing fetched.

    >>> print(markdown_html("**7** of <b>").strip())
    <p><strong>7</strong> of &lt;b&gt;</p>
    """
    return _reader().render(source)


@cache
def _reader():
    from markdown_it import MarkdownIt  # slow to import: only for who writes pages

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def raw_html(body):
    r"""Set HTML in Markdown, where it stays as it is: its fence is longer than any within.

    A line ends where a block does, since a search would read two cells as one word.

    >>> print(raw_html("<td>`</td><td>```</td>"))
    ````{raw} html
    <td>`</td>
    <td>```</td>
    <BLANKLINE>
    ````
    """
    body = BLOCK_END.sub(r"\1\n", body.rstrip())
    fence = "`" * max(3, 1 + max(map(len, TICKS.findall(body)), default=0))
    # a text in front might be taken for an option
    start = "" if body.startswith("<") else "<!-- -->"
    return f"{fence}{{raw}} html\n{start}{body}\n\n{fence}"


def coded(text):
    """Set in code what a text puts between backticks; the rest is escaped.

    >>> coded("the `<b>` of it")
    Markup('the <code>&lt;b&gt;</code> of it')
    """
    parts = CODE.split(str(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if position % 2 else escape(part)
        for position, part in enumerate(parts)
    )


def lower_first(text):
    """Begin a label with a small letter, as within a sentence; an abbreviation stays as it is.

    >>> lower_first("Joint projects"), lower_first("SMEs in the chain")
    ('joint projects', 'SMEs in the chain')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def first_sentences(text, most):
    """Keep the sentences that a text begins with, as far as they fit; the first in any case.

    >>> first_sentences("7 of 66. Too few. Much more follows here.", 18)
    '7 of 66. Too few.'
    """
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z\d])", text.strip())
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + len(sentence) >= most:
            break
        kept = f"{kept} {sentence}"
    return kept


def figure_of(text):
    """Read a number; None for any other text."""
    try:
        return float(text)
    except ValueError:
        return None


def short(text):
    """Write a number from a file with few digits; any other text stays as it is.

    >>> short("0.8181818182"), short("present"), short("")
    ('0.818', 'present', '')
    """
    figure = figure_of(text)
    return text if figure is None else number(figure)


def fill(template, **values):
    """Fill a template; every value is escaped, and a missing one is an error."""
    return _environment().get_template(template).render(values)


@cache
def _environment():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import, too

    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, ARTICLE]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # no template changes while pages are made
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"coded": coded, "short": short}
    return environment
