// Below each hit of a search: where its words stand on the page. The texts come with the page that
// searches (excerpts.js), since local files may not be fetched. The words are highlighted on the
// page that is opened from here, and on no other.
(() => {
  const KEY = "sphinx_highlight_terms";
  const words = (new URLSearchParams(location.search).get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
  let terms = "";
  const excerpt = (text) => {
    const small = text.toLowerCase();
    const found = words.map((word) => small.indexOf(word)).filter((at) => at >= 0);
    const start = found.length ? Math.max(0, Math.min(...found) - 70) : 0;
    const cut = text.slice(start, start + 220);
    return (start > 0 ? "\u2026 " : "") + cut + (start + 220 < text.length ? " \u2026" : "");
  };
  const show = (item) => {
    const link = item.querySelector("a");
    const page = link && link.getAttribute("href").split(/[?#]/)[0].replace(/\.html$/, "");
    const text = page && (window.pageTexts || {})[page];
    if (!text || item.querySelector(".context")) return;
    const line = document.createElement("p");
    line.className = "context";
    const parts = excerpt(text).split(new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") || "$^"})`, "i"));
    parts.forEach((part, at) => {
      const node = at % 2 ? document.createElement("mark") : document.createTextNode(part);
      if (at % 2) node.textContent = part;
      line.append(node);
    });
    item.append(line);
  };
  const look = () => {
    terms = localStorage.getItem(KEY) || terms;
    localStorage.removeItem(KEY);
    document.querySelectorAll("ul.search > li").forEach(show);
  };
  const keep = (event) => {
    if (event.target.closest("ul.search a") && terms) localStorage.setItem(KEY, terms);
  };
  document.addEventListener("click", keep);
  document.addEventListener("DOMContentLoaded", look);
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();
