"""Import from a spreadsheet: read, show what would change, and take all of it or nothing.

`files` reads XLSX and CSV into rows, `kinds` says what a row of each kind holds and does, `preview`
compares them with what stands, `views` is the page.
"""
