"""The checks, a module for each section of the article or table; one module on causes.

Imported, the modules fill the register. A check reads the study through `article.claims.reading`
and judges by `article.claims.yardsticks`; it opens no file and draws nothing.
"""

from article.claims.checks import (
    abstract,
    causes,
    components,
    discussion,
    introduction,
    management,
    method,
    table2,
    table3,
    table4,
    theory,
)

SECTIONS = (
    abstract, introduction, theory, method, components, management, table2, table3, table4,
    causes, discussion,
)  # fmt: skip
