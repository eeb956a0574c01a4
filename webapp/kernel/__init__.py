"""What every package stands on: exact types, the company wall, `perform`, the timeline, numbers and the registers.

Others may import the modules by name: `types`, `money`, `i18n`, `refusals`, `wall`, `perform`, `timeline`, `steps`,
`numbering`, `search`, `paging`, `register`, `settings`, `notifications`, `calendar`, `show`, `csvfile`, `forms`,
`jobs`, `db`, and in views `web`.
"""
