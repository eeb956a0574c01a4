"""What can be asked of the books."""

from .accounts import AccountMonth, account_month, account_of, ledger_page, ledger_rows, with_balances
from .balances import TrialBalance, books_today, control_balance, open_items_total, trial_balance
from .documents import Source, rests_on, sources
from .periods import checklist, months_of, period_of, periods_of
from .vouchers import VoucherPage, totals, voucher_numbers, voucher_of, vouchers_of_month

__all__ = [
    "AccountMonth",
    "Source",
    "TrialBalance",
    "VoucherPage",
    "account_month",
    "account_of",
    "books_today",
    "checklist",
    "control_balance",
    "ledger_page",
    "ledger_rows",
    "months_of",
    "open_items_total",
    "period_of",
    "periods_of",
    "rests_on",
    "sources",
    "totals",
    "trial_balance",
    "voucher_numbers",
    "voucher_of",
    "vouchers_of_month",
    "with_balances",
]
