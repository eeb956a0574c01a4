"""Companies, people and their ways in: memberships and roles, passkeys and passwords, invitations, devices.

Others may use: `invite`, `Invitation`, `tracking_link`, `tracking_token`, `read_link`, `link_of`, `Link`, `Gone`, for
links of their own `make_link`, `use_link`, `withdraw_link`,
`ROLE_WORDS`, `DEMO_PASSWORD`, and to make companies and people `start_company`, `add_member`, `new_user`.
"""

from .demo import DEMO_PASSWORD
from .queries.links import Link, link_of, read_link
from .roles import PARTNER_ROLES, ROLE_WORDS
from .tokens import Gone
from .verbs import Invitation, add_member, invite, new_user, start_company, tracking_link, tracking_token
from .verbs.links import make_link, use_link, withdraw_link

__all__ = [
    "DEMO_PASSWORD",
    "PARTNER_ROLES",
    "ROLE_WORDS",
    "Gone",
    "Invitation",
    "Link",
    "add_member",
    "invite",
    "link_of",
    "make_link",
    "new_user",
    "read_link",
    "start_company",
    "tracking_link",
    "tracking_token",
    "use_link",
    "withdraw_link",
]
