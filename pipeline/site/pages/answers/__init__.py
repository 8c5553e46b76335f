"""What the first screen says of any study: who stands where, what moved, what cannot be said.

Each answer is a list of sentences from the results; what a study does not have is left out.
"""

from pipeline.site.pages.answers.change import movements, moving
from pipeline.site.pages.answers.limits import unsayable
from pipeline.site.pages.answers.order import leading, scores_of, standing, what_is_scored
from pipeline.site.pages.answers.study import about, subjects, unmeasured

__all__ = [
    "about", "leading", "movements", "moving", "scores_of", "standing", "subjects", "unmeasured",
    "unsayable", "what_is_scored",
]  # fmt: skip
