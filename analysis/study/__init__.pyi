from .loading import load_study as load_study
from .parameters import check_parameters as check_parameters
from .wide import WideTableError as WideTableError
from .wide import read_wide as read_wide
