from .integral import IntegralIndicator as IntegralIndicator
from .integral import Settings as Settings
from .integral import integral_indicator as integral_indicator
from .treatment import Rule as Rule
