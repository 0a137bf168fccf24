"""The limits that Loki has by default."""

from dataclasses import dataclass

_SECOND = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Names and values are those of Loki's `limits_config`; times are in nanoseconds, sizes in bytes.

    https://grafana.com/docs/loki/latest/configure/#limits_config
    """

    reject_old_samples: bool = True
    reject_old_samples_max_age: int = 7 * 24 * 3600 * _SECOND
    creation_grace_period: int = 10 * 60 * _SECOND
    max_line_size: int = 256 * 1024
    max_label_names_per_series: int = 15
    max_label_name_length: int = 1024
    max_label_value_length: int = 2048
    max_structured_metadata_size: int = 64 * 1024
    max_structured_metadata_entries_count: int = 128
    max_entries_limit_per_query: int = 5000
    max_request_size: int = 100 * 1024 * 1024
