from .read import SETTINGS as SETTINGS
from .read import read_wide as read_wide
from .understood import Understood as Understood
from .understood import WideTableError as WideTableError
