from .enumeration import integral_choices as integral_choices
from .enumeration import run_integral_choices as run_integral_choices
from .leaving_out import LeaveOneOut as LeaveOneOut
from .leaving_out import leave_one_out as leave_one_out
from .random_weights import draw_element_weights as draw_element_weights
from .random_weights import run_random_weights as run_random_weights
from .rank_intervals import rank_quantiles as rank_quantiles
from .rank_intervals import rank_statements as rank_statements
