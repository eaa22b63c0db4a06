"""填表.html: a form for records that needs no program but a browser."""
