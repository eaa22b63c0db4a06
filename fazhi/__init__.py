"""法治年报: a township's year kept as records, and the report that counts itself from them.

The flow, and the way of imports: each knows those above it, never those below.

personal    what no message may repeat
problems    what is wrong, where, and how bad
sources     a file as bytes, text, and YAML with positions; evidence files (FZ1, FZ207)
schema      the declaration: record kinds, fields, words, township, figure definitions; what is not
            as declared (FZ201-206), and a vocabulary that contradicts itself (FZ601)
records     what people wrote, in memory
rules       every check of what was written (FZ3-FZ8), in the file named for what is checked
figures     definitions and records as values (how: measures), values as words
report      narrative and values, through an edition, as Markdown
project     all of the above in one readable function
output      pages, open data, documents, the package; the last search before they leave
commands    what else a person can do, a package for each command

What only the doing can find (reading, validating, counting, filling in, importing) is declared in
that package's faults.py.
"""

__version__ = "1.0.0"
