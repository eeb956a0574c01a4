"""What can be asked across packages, always through the registers or in one statement."""

from .figures import DayFigures, day_figures
from .searching import Group, search_all
from .today import Step, Today, first_steps, news, today_of

__all__ = ["DayFigures", "Group", "Step", "Today", "day_figures", "first_steps", "news", "search_all", "today_of"]
