"""Promtail's pipeline stages: what LOKI_STAGE_CONFIGS asks for, from its text to the changes of a line."""

from .pipeline import Pipeline, parse_stage_configs

__all__ = ["Pipeline", "parse_stage_configs"]
