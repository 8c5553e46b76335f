"""A browser's window on pages of the site, and what is looked at on each."""

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = 1280, 390  # width of a window
CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parts = s => s.match(/[\\d.]+/g).map(Number);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parts(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0.99) return c;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const e of document.querySelectorAll('main *, header *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.offsetParent) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const [a, b] = [light(parts(style.color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (large ? 3 : 4.5)) weak.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(weak)];
}"""
LOOKS = {
    "wordless": "[...document.images].filter(e => !e.alt.trim()).length",
    "broken": "[...document.images].filter(e => !e.naturalWidth).length",
    "weak": CONTRAST,
}


def chromium_program():
    """Find the browser; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Visit:
    """A browser's page that keeps what went wrong on it and what it loaded."""

    def __init__(self, browser):
        self.page = browser.new_page(viewport={"width": DESK, "height": 900})
        self.page.set_default_timeout(20_000)
        self.wrong, self.loaded = [], []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))

    def open(self, path, query=""):
        self.wrong.clear()
        self.loaded.clear()
        self.page.goto(f"{path.as_uri()}{query}", wait_until="load")

    def look(self, path):
        """Open a page and say what is wrong with it, at a desk and on a phone."""
        self.page.set_viewport_size({"width": DESK, "height": 900})
        self.open(path)
        seen = {"wrong": list(self.wrong), "weight": self.weight()}
        seen |= {name: self.page.evaluate(script) for name, script in LOOKS.items()}
        self.page.set_viewport_size({"width": PHONE, "height": 900})
        return seen | {"width": self.page.evaluate("document.documentElement.scrollWidth")}

    def weight(self):
        """Bytes of everything but pictures that the page has loaded."""
        files = {Path(unquote(urlsplit(url).path)) for kind, url in self.loaded if kind != "image"}
        return sum(path.stat().st_size for path in files)

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _asked(self, request):
        self.loaded.append((request.resource_type, request.url))
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.wrong.append(f"asked for {request.url}")
