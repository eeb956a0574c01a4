"""What is read across all packages: Today, search, the New page, the owner's figures. Nothing is below its notice and
nothing imports it.
"""
