#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17): its Typst writer drops the alternative text of an image, which
# its docx writer keeps, though Typst has a place for it: image(..., alt: "...").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pypandoc-binary==1.17
cd "$folder"
bin/python - <<'PY'
import base64
import zipfile
from pathlib import Path

import pypandoc

Path("dot.gif").write_bytes(base64.b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="))
page = '<p><img src="dot.gif" alt="Sales rose each year"></p>'
print("pandoc", pypandoc.get_pandoc_version())
typst = pypandoc.convert_text(page, "typst", format="html")
print("typst:", typst.strip())
pypandoc.convert_text(page, "docx", format="html", outputfile="page.docx")
document = zipfile.ZipFile("page.docx").read("word/document.xml").decode()
print("docx keeps it:", 'descr="Sales rose each year"' in document)
assert "image(" in typst and "Sales rose" not in typst, "the behaviour has changed"
assert 'descr="Sales rose each year"' in document, "the behaviour has changed"
PY
