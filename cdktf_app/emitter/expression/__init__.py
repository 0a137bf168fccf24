"""HCL's expression language: its syntax tree, a parser for it, and a printer that lays it out."""
