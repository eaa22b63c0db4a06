"""The declaration: record kinds, fields, words, township, figure definitions; validation against it."""
