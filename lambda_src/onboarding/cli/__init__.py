"""The onboarding from a workstation, for people who want to look before they leap.

It needs typer and rich, which Lambda does not have; the function's package leaves it out.
"""
