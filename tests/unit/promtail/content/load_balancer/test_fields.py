"""The tables of fields."""

from promtail.content.load_balancer.fields import FIELDS, LAYOUTS, NUMERIC


def test_kinds_have_as_many_fields_as_aws_documents() -> None:
    # The last one of a layout stands for fields that AWS may add.
    assert {kind: len(layout.fields) - 1 for kind, layout in LAYOUTS.items()} == {
        "alb_access": 34,
        "alb_connection": 15,
        "alb_health_check": 10,
        "nlb": 22,
        "clb": 15,
    }


def test_no_name_stands_for_two_values_of_a_kind() -> None:
    for names in FIELDS.values():
        assert len(set(names)) == len(names)


def test_names_are_those_of_the_documentation_in_snake_case() -> None:
    assert FIELDS["alb_health_check"] == (
        "type",
        "time",
        "latency",
        "target_addr",
        "target_ip",
        "target_port",
        "target_group_id",
        "status",
        "status_code",
        "status_class",
        "reason_code",
        "elb",
        "ip_address",
        "additional_fields",
    )
    assert {"target_port_list", "target_status_code_list", "matched_rule_priority"} < set(
        FIELDS["alb_access"]
    )


def test_what_looks_like_a_number_only_at_times_is_none() -> None:
    assert {"elb_status_code", "client_port", "tls_handshake_latency", "matched_rule_priority"} < NUMERIC
    assert not {"version", "leaf_client_cert_serial_number", "status_class", "client_ip"} & NUMERIC
