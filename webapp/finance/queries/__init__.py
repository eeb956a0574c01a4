"""What can be asked of the books."""

from .accounts import AccountMonth, account_month, account_of, ledger_page, ledger_rows, with_balances
from .balances import TrialBalance, control_balance, open_items_total, trial_balance
from .periods import checklist, months_of, period_of, periods_of
from .vouchers import VoucherPage, totals, voucher_of, vouchers_of_month, vouchers_on

__all__ = [
    "AccountMonth",
    "TrialBalance",
    "VoucherPage",
    "account_month",
    "account_of",
    "checklist",
    "control_balance",
    "ledger_page",
    "ledger_rows",
    "months_of",
    "open_items_total",
    "period_of",
    "periods_of",
    "totals",
    "trial_balance",
    "voucher_of",
    "vouchers_of_month",
    "vouchers_on",
    "with_balances",
]
