"""What suppliers and customers see: a supplier's orders and shipments, a customer's order by its link.

Nothing here is for others to use. Every page is behind a second wall: a supplier's user finds only what belongs to
their partner, and never a customer, a stock figure, a cost or another supplier's name.
"""
