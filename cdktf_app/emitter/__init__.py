"""Renders synthesized CDKTF JSON as the HCL files and README that an engineer would have written by hand."""
