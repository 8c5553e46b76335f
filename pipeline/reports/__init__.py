"""Reports to hand on: one page of a whole study, a memo of one cluster or region.

Each as a web page, as a Word document and as a PDF that a screen reader can follow. Nothing is
computed here that a method could compute. Word and PDF need the extra `report`, which
`make report` installs.
"""
