from .read import read_workbook as read_workbook
from .read import workbook_warnings as workbook_warnings
