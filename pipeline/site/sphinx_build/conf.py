"""What Sphinx is told; `write.py` calls it with this folder."""

project = "SME cluster study"
html_title = project
language = "en"
extensions = ["myst_parser", "pipeline.site.sphinx_build.extension"]
exclude_patterns = ["files", "_images"]
templates_path = ["../layout"]

myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
html_math_renderer = "mathml"
smartquotes = False

html_theme = "pydata_sphinx_theme"
html_static_path = ["../static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_show_search_summary = False  # it would be fetched, which local files forbid
html_use_index = False
html_permalinks_icon = "#"
html_context = {"default_mode": "auto"}
html_sidebars = {
    "**": ["sidebar-nav-bs"],
    **{
        page: []
        for page in (
            "index",
            "search",
            "tables",
            "claims",
            "audit",
            "methods",
            "notebooks",
            "cases",
            "codebook",
            "glossary",
        )
    },
}
html_theme_options = {
    "logo": {"text": project},
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button-field"],
    "header_links_before_dropdown": 6,
    "navigation_depth": 2,
    "show_nav_level": 1,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["citation"],
    "footer_end": [],
    "search_bar_text": "Search these pages ...",
    "show_version_warning_banner": False,
}
