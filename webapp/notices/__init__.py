"""Notices: what a person was told also reaches them away from the page, by push, e-mail and a group's robot.

A notification is written by the verb that has news (`kernel.notifications`); here jobs carry it on once that verb has
committed, at most once a way, in the reader's language and not in the night. Others offer kinds of notices in
`registers.notices`. Others may use `mail.configured` and `send_link` to send a link by e-mail.
"""
