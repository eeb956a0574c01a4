"""Our own labels: their codes (`codes`), how those are drawn (`symbols`), what stands on a label and on which paper
(`papers`), and the PDF (`printing`).
"""
