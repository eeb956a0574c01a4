"""What a person may choose when labels are printed."""

from decimal import Decimal
from typing import Any

from wtforms.validators import Optional

from webapp.kernel.forms import Choice, Figure, Form
from webapp.kernel.i18n import _, _l
from webapp.kernel.labels.papers import MOST, PAPERS


class LabelForm(Form):
    """Paper, the first free place on a sheet, which code, and how many of each."""

    paper = Choice(_l("Paper"), default="a4-24")
    start = Figure(_l("First free label on the sheet"), [Optional()], places=0, least=1, default=Decimal(1))
    each = Figure(_l("Of each"), [Optional()], places=0, least=1, most=Decimal(MOST), default=Decimal(1))
    code = Choice(_l("Code"), default="qr")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper.choices = [(paper.key, _(paper.title)) for paper in PAPERS.values()]
        self.code.choices = [("qr", _("Opens on any phone")), ("gs1", _("GS1: GTIN, use by, lot"))]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """The first place is one of the sheet's."""
        sound = bool(super().validate(*args, **kwargs))
        paper = PAPERS.get(self.paper.data)
        if sound and paper and (self.start.data or 1) > paper.places:
            self.start.data = Decimal(1)
        return sound
