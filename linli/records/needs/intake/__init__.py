"""Spreadsheets of needs: the template that goes out, the file that comes back, and what is wrong with which cell."""
