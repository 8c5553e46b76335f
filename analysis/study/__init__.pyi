from .loading import load_study as load_study
from .wide import WideTableError as WideTableError
from .wide import read_wide as read_wide
from .parameters import check_parameters as check_parameters
