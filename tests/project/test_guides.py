"""The guides name targets and files that exist; tests/stress follows them to the letter."""

import re
from pathlib import Path

import pytest

GUIDES = Path("docs/guides")


@pytest.mark.parametrize("guide", sorted(path.stem for path in GUIDES.glob("*.md")))
def test_every_target_and_link_exists(guide):
    text = (GUIDES / f"{guide}.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z][a-z-]+)(?!\S*=)", text)) <= targets
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (GUIDES / link.partition("#")[0]).exists()
