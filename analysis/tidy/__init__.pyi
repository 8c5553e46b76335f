from .kinds import KINDS as KINDS
from .kinds import admits as admits
from .kinds import why_not as why_not
from .showing import shown as shown
