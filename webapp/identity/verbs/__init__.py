"""What can be done with companies, people and their ways in."""

from .colleagues import change_role, make_reset, remove_colleague, use_reset
from .companies import add_member, change_company, check_login, login_for, new_user, start_company
from .invitations import Invitation, accept_invitation, invite, withdraw_invitation
from .links import tracking_link, tracking_token
from .passwords import change_password, set_secret
from .recovery import codes_of, make_codes, sign_in_with_code
from .sign_in import open_device, sign_in_with_password, sign_out, sign_out_device

__all__ = [
    "Invitation",
    "accept_invitation",
    "add_member",
    "change_company",
    "change_password",
    "change_role",
    "check_login",
    "codes_of",
    "invite",
    "login_for",
    "make_codes",
    "make_reset",
    "new_user",
    "open_device",
    "remove_colleague",
    "set_secret",
    "sign_in_with_code",
    "sign_in_with_password",
    "sign_out",
    "sign_out_device",
    "start_company",
    "tracking_link",
    "tracking_token",
    "use_reset",
    "withdraw_invitation",
]
