"""Claims of the theoretical basis: what is reported of other countries, and what is inferred."""

from article.claims.registry import not_empirical

not_empirical("F70", "A report of literature on other countries; what those studies measured is "
              "not printed, and has no common measure with these tables.")  # fmt: skip
