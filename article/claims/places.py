"""Where in the article each claim stands, and whether a text of it still says so there.

`python -m article.claims.places ARTICLE.txt` cuts the article's text into sections, paragraphs and
sentences, and compares the sentence at each place that claims.csv names with the hash of the
sentence that was read (`places.csv` beside this module). The text is no part of this project, and
no sentence of it is kept. With `--record` the hashes are written anew, `--list` shows the places.
"""

import csv
import hashlib
import re
import sys
from pathlib import Path

HASHES = Path(__file__).with_name("places.csv")
CLAIMS = Path("data/raw/claims.csv")
# the headings of the article, each on a line of its own, and what we call the section
HEADINGS = {
    "Introduction": "introduction",
    "Theoretical Basis": "theory",
    "Method and Data": "method",
    "Results": "results",
    "Discussion and Implications": "discussion",
}
ABSTRACT_BEGINS, ABSTRACT_ENDS = "Accelerated development", "Keywords:"
PLACE = re.compile(r"(?:abstract|introduction|theory|method|results|discussion) \d+\.\d+")
TABLE = re.compile(r"\s*Table \d+\.\s*$")
AFTER_TABLE = re.compile(r"\s*(?:The data in Table|The second key indicator)")
NOTE, NOTE_ENDS = re.compile(r" {20,}$"), re.compile(r"http\S+ *$")
PAGE_HEAD = re.compile(r"http://r-economy\.ru/|I\. V\. Korchagina *$|R-Economy Vol\.")
SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+(?=[«A-Z])")
ABBREVIATION = re.compile(r"(?:\bSt|^\d+)\.$")


def sentences(text):
    """Cut the article's text into sentences: {"section paragraph.sentence": sentence}.

    Raises ValueError where a heading is missing: that is another text.

    >>> head = "Accelerated development. It is so. Keywords: x"
    >>> text = "\\n".join([head, *HEADINGS, "It is", "so [1].", "", "And so."])
    >>> list(sentences(text))
    ['abstract 1.1', 'abstract 1.2', 'discussion 1.1', 'discussion 2.1']
    """
    found = {}
    for section, paragraphs in _sections(text).items():
        for number, paragraph in enumerate(paragraphs, 1):
            for place, sentence in enumerate(_split(paragraph), 1):
                found[f"{section} {number}.{place}"] = sentence
    return found


def hash_of(sentence):
    """Hash what a sentence says: its letters and digits, whatever stands between them.

    >>> hash_of("Small-\\nscale, 50.") == hash_of("small scale 50")
    True
    """
    said = "".join(character for character in sentence.casefold() if character.isalnum())
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def places_of(claim):
    """List the places at which a claim stands, from its cell `place`.

    >>> places_of("abstract 1.5; discussion 2.1")
    ['abstract 1.5', 'discussion 2.1']
    """
    return [place.strip() for place in claim.split(";") if place.strip()]


def compared(claims, hashes, found):
    """Compare the places of the claims with a text: list (place, ids, status).

    Parameters
    ----------
    claims : {id: cell `place`}
    hashes : {place: hash of the sentence that was read}
    found : {place: sentence}, see `sentences`

    The status is `holds`; `stands at ...` where the same sentence is at another place of the text;
    `another sentence`; `not in the text`; or `never read` for a place without a hash.
    """
    standing, rows = {}, []
    for place, sentence in found.items():
        standing.setdefault(hash_of(sentence), place)
    for place, ids in _by_place(claims).items():
        if place not in hashes:
            status = "never read"
        elif place in found and hash_of(found[place]) == hashes[place]:
            status = "holds"
        elif hashes[place] in standing:
            status = f"stands at {standing[hashes[place]]}"
        else:
            status = "another sentence" if place in found else "not in the text"
        rows.append((place, ids, status))
    return rows


def main(arguments):
    """Compare a text with the places of the claims, or record their hashes; return the status."""
    options = {word for word in arguments if word.startswith("--")}
    paths = [word for word in arguments if word and word not in options]
    if len(paths) != 1 or options - {"--record", "--list"}:
        print("say where the article's text is: make places ARTICLE=path/to/article.txt")
        return 2
    try:
        found = sentences(Path(paths[0]).read_text(encoding="utf-8-sig"))
    except OSError as error:
        print(f"{error.strerror}: {error.filename}", file=sys.stderr)
        return 1
    except ValueError as error:  # among them bytes that are no UTF-8
        print(f"{paths[0]} is not the text of the article: {error}", file=sys.stderr)
        return 1
    if "--list" in options:
        print("\n".join(f"{place}  {sentence}" for place, sentence in found.items()))
        return 0
    claims = {row["id"]: row["place"] for row in _rows(CLAIMS)}
    return _record(claims, found) if "--record" in options else _report(claims, found)


def _report(claims, found):
    rows = compared(claims, {row["place"]: row["hash"] for row in _rows(HASHES)}, found)
    wrong = [row for row in rows if row[2] != "holds"]
    for place, ids, status in wrong:
        print(f"{place} ({', '.join(ids)}): {status}")
    print(f"{len(rows) - len(wrong)} of {len(rows)} places hold the sentence that was read")
    return 1 if wrong else 0


def _record(claims, found):
    places = list(_by_place(claims))
    if missing := [place for place in places if place not in found]:
        print(f"claims.csv names places that the text does not have: {', '.join(missing[:3])}")
        return 1
    with HASHES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["place", "hash"])
        writer.writerows([place, hash_of(found[place])] for place in places)
    print(f"{len(places)} hashes written to {HASHES.name}")
    return 0


def _by_place(claims):
    """Return the ids at each place, in the order in which the places are named."""
    ids = {}
    for claim, cell in claims.items():
        for place in places_of(cell):
            ids.setdefault(place, []).append(claim)
    return ids


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sections(text):
    """Return the paragraphs of each section, tables, notes and page heads left out."""
    lines, sections = _prose(text.replace("\f", " ").split("\n")), {}
    section = None
    for line in lines:
        word = line.strip()
        if section is None and word.startswith(ABSTRACT_BEGINS):
            section = sections.setdefault("abstract", [[]])
        elif word in HEADINGS and HEADINGS[word] not in sections:
            section = sections.setdefault(HEADINGS[word], [[]])
            continue
        before, keywords, _ = line.partition(ABSTRACT_ENDS)
        if section is not None:
            _add(section, before, blank_ends="introduction" in sections)
        section = None if keywords else section
    if lacking := [name for name in ("abstract", *HEADINGS.values()) if name not in sections]:
        raise ValueError(f"it has no section {lacking[0]!r}")
    return {
        name: [" ".join(" ".join(part).split()) for part in parts if any(part)]
        for name, parts in sections.items()
    }


def _add(section, line, blank_ends):
    """Add a line to a section; after a blank one or a new page it may begin a paragraph.

    It does not where it goes on in lower case: then a page ended within the paragraph.
    """
    if not line.strip():
        section[-1].append("")
        return
    last = section[-1]
    broken = bool(last) and (last[-1] == "" or line[:1] == " ")
    goes_on = line.strip()[:1].islower() or not blank_ends
    if broken and not goes_on and any(last):
        section.append([])
    section[-1].append(line)


def _prose(lines):
    skipped = None
    for line in lines:
        if skipped == "table" and AFTER_TABLE.match(line):
            skipped = None
        if skipped is None and TABLE.match(line):
            skipped = "table"
        if skipped is None and NOTE.match(line):
            skipped = "note"
        if skipped is None and not PAGE_HEAD.match(line):
            yield line
        if skipped == "note" and NOTE_ENDS.search(line):
            skipped = None


def _split(paragraph):
    """Split a paragraph into sentences; an abbreviation ends none."""
    parts = []
    for part in SENTENCE_ENDS.split(paragraph):
        if parts and ABBREVIATION.search(parts[-1]):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return parts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
