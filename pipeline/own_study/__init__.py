"""A study of one's own: begin one, fill in its workbook, keep its checksums true.

No analysis here, and nothing that only the article's study has.
"""
