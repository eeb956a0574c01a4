"""What a person may type in the books."""

from webapp.kernel.forms import Form, Required, Text
from webapp.kernel.i18n import _l


class ReopeningForm(Form):
    """Why a closed month is opened again."""

    reason = Text(_l("Why is it opened again?"), [Required()], most=200)
