"""What can be done with companies, people and their ways in."""

from .companies import add_member, start_company
from .sign_in import sign_in_with_password, sign_out

__all__ = ["add_member", "sign_in_with_password", "sign_out", "start_company"]
