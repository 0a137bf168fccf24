"""The fields of load balancer lines, by kind of log, and the names of the values that can be taken from them.

Fields and their order are those of the user guides:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html (and
load-balancer-connection-logs.html, load-balancer-health-check-logs.html),
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html.
"""

from enum import Enum, auto
from typing import NamedTuple

ADDITIONAL_FIELDS = "additional_fields"
STATUS_CLASS = "status_class"


class Shape(Enum):
    """How a field stands in a line. In every shape, `-` alone means that there is no value.

    Attributes:
        TOKEN: Text without spaces.
        NUMBER: A number; -1 means that there is no value.
        STATUS: A status code, and its class.
        ENDPOINT: An address and a port with a colon between them; an IPv6 address may stand in brackets. A target
            may also be the ARN of a Lambda function.
        QUOTED: Text in quotes; a quote inside it is escaped with a backslash.
        REQUEST: A quoted request line: method, URL, protocol.
        REST: All that stands after the known fields: AWS adds fields at the end.
    """

    TOKEN = auto()
    NUMBER = auto()
    STATUS = auto()
    ENDPOINT = auto()
    QUOTED = auto()
    REQUEST = auto()
    REST = auto()


class Field(NamedTuple):
    """One field of a line.

    Attributes:
        title: Its name in AWS's documentation.
        shape: How it stands in a line.
        names: The values that can be taken from it: the whole content, then its parts in their order.
    """

    title: str
    shape: Shape
    names: tuple[str, ...]


class Layout(NamedTuple):
    """The lines of one kind of log.

    Attributes:
        load_balancer_type: application, network or classic, as in AWS's command line interface.
        fields: The fields, in order. The last one stands for those that AWS may add.
        minimum: How many fields the oldest lines have.
        client: The title of the field with the client's address; None if there is none.
    """

    load_balancer_type: str
    fields: tuple[Field, ...]
    minimum: int
    client: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all values that can be taken from a line, in the line's order."""
        return tuple(name for field in self.fields for name in field.names)


_REQUEST_NAMES = ("request", "method", "url", "host", "path", "query", "protocol")
_REST = Field("additional fields", Shape.REST, (ADDITIONAL_FIELDS,))


def _fields(shape: Shape, titles: str) -> tuple[Field, ...]:
    return tuple(Field(title, shape, (title.replace(":", "_"),)) for title in titles.split())


def _tokens(titles: str) -> tuple[Field, ...]:
    return _fields(Shape.TOKEN, titles)


def _numbers(titles: str) -> tuple[Field, ...]:
    return _fields(Shape.NUMBER, titles)


def _quoted(titles: str) -> tuple[Field, ...]:
    return _fields(Shape.QUOTED, titles)


def _endpoint(title: str, role: str) -> tuple[Field, ...]:
    return (Field(title, Shape.ENDPOINT, (title.removesuffix(":port"), f"{role}_ip", f"{role}_port")),)


def _status(title: str) -> tuple[Field, ...]:
    return (Field(title, Shape.STATUS, (title, STATUS_CLASS)),)


def _request() -> tuple[Field, ...]:
    return (Field("request", Shape.REQUEST, _REQUEST_NAMES),)


LAYOUTS = {
    "alb_access": Layout(
        "application",
        (
            *_tokens("type time elb"),
            *_endpoint("client:port", "client"),
            *_endpoint("target:port", "target"),
            *_numbers("request_processing_time target_processing_time response_processing_time"),
            *_status("elb_status_code"),
            *_numbers("target_status_code received_bytes sent_bytes"),
            *_request(),
            *_quoted("user_agent"),
            *_tokens("ssl_cipher ssl_protocol target_group_arn"),
            *_quoted("trace_id domain_name chosen_cert_arn"),
            # A token, because -1 says something here: the rules could not be evaluated.
            *_tokens("matched_rule_priority request_creation_time"),
            *_quoted("actions_executed redirect_url error_reason target:port_list target_status_code_list"),
            *_quoted("classification classification_reason"),
            *_tokens("conn_trace_id"),
            *_quoted("transformed_host transformed_uri request_transform_status"),
            *_tokens("ip_address"),
            _REST,
        ),
        minimum=29,
        client="client:port",
    ),
    "alb_connection": Layout(
        "application",
        (
            *_tokens("timestamp client_ip"),
            *_numbers("client_port listener_port"),
            *_tokens("tls_protocol tls_cipher"),
            *_numbers("tls_handshake_latency"),
            *_quoted("leaf_client_cert_subject"),
            *_tokens(
                "leaf_client_cert_validity leaf_client_cert_serial_number tls_verify_status conn_trace_id"
            ),
            *_tokens("tls_keyexchange elb ip_address"),
            _REST,
        ),
        minimum=12,
        client="client_ip",
    ),
    "alb_health_check": Layout(
        "application",
        (
            *_tokens("type time"),
            *_numbers("latency"),
            *_endpoint("target_addr", "target"),
            *_tokens("target_group_id status"),
            *_status("status_code"),
            *_tokens("reason_code elb ip_address"),
            _REST,
        ),
        minimum=8,
        client=None,
    ),
    "nlb": Layout(
        "network",
        (
            *_tokens("type version time elb listener"),
            *_endpoint("client:port", "client"),
            *_endpoint("destination:port", "target"),
            *_numbers("connection_time tls_handshake_time received_bytes sent_bytes"),
            *_tokens("incoming_tls_alert chosen_cert_arn chosen_cert_serial tls_cipher tls_protocol_version"),
            *_tokens("tls_keyexchange domain_name alpn_fe_protocol alpn_be_protocol"),
            # Its values are in quotes, with commas between them and no spaces.
            *_tokens("alpn_client_preference_list tls_connection_creation_time"),
            _REST,
        ),
        minimum=18,
        client="client:port",
    ),
    "clb": Layout(
        "classic",
        (
            *_tokens("timestamp elb"),
            *_endpoint("client:port", "client"),
            *_endpoint("backend:port", "target"),
            *_numbers("request_processing_time backend_processing_time response_processing_time"),
            *_status("elb_status_code"),
            *_numbers("backend_status_code received_bytes sent_bytes"),
            *_request(),
            *_quoted("user_agent"),
            *_tokens("ssl_cipher ssl_protocol"),
            _REST,
        ),
        minimum=12,
        client="client:port",
    ),
}

# The names that each kind has, in the order of its lines.
FIELDS = {kind: layout.names for kind, layout in LAYOUTS.items()}

# The values that are numbers. Others look like numbers at times, but are not (a version, a serial number).
NUMERIC = frozenset(
    {
        name
        for layout in LAYOUTS.values()
        for field in layout.fields
        if field.shape in (Shape.NUMBER, Shape.STATUS)
        for name in field.names
    }
    - {STATUS_CLASS}
    | {"client_port", "target_port", "matched_rule_priority"}
)
