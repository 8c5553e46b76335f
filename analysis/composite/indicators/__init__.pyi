from .described import FrameworkError as FrameworkError
from .framework import Framework as Framework
from .framework import read_framework as read_framework
from .screening import IndicatorMatrix as IndicatorMatrix
from .selection import indicator_matrix as indicator_matrix
