from .answers import Change as Change
from .answers import Ranking as Ranking
from .answers import Setting as Setting
from .answers import open_cell as open_cell
from .answers import rank_clusters as rank_clusters
from .answers import what_if as what_if
from .answers import with_status as with_status
from .widgets import panel as panel
