"""The checks, a module for each section of the article or table; one module on causes.

Imported, the modules fill the register. A check reads the study through `article.claims.reading`
and judges by `article.claims.yardsticks`; it opens no file and draws nothing.
"""

from article.claims.checks import (
    abstract,
    bodies,
    causes,
    components,
    discussion,
    introduction,
    method,
    services,
    table2,
    table3,
    table4,
)

__all__ = [
    "abstract",
    "bodies",
    "causes",
    "components",
    "discussion",
    "introduction",
    "method",
    "services",
    "table2",
    "table3",
    "table4",
]
