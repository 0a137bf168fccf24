"""Decodes pushes, from the definition of the protocol alone and not with the code under test.

Field numbers are those of Loki's `pkg/push/push.proto`.
"""

import json
from typing import Any

import cramjam
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from tests.harness.loki.entries import Entry, PushedStream

_PACKAGE = "loki_stand_in"
_NANOSECONDS = 1_000_000_000
_Field = descriptor_pb2.FieldDescriptorProto
_MESSAGES: dict[str, list[tuple[str, int, "_Field.Type.ValueType", str | None, bool]]] = {
    "Timestamp": [
        ("seconds", 1, _Field.TYPE_INT64, None, False),
        ("nanos", 2, _Field.TYPE_INT32, None, False),
    ],
    "LabelPair": [
        ("name", 1, _Field.TYPE_STRING, None, False),
        ("value", 2, _Field.TYPE_STRING, None, False),
    ],
    "Entry": [
        ("timestamp", 1, _Field.TYPE_MESSAGE, "Timestamp", False),
        ("line", 2, _Field.TYPE_STRING, None, False),
        ("metadata", 3, _Field.TYPE_MESSAGE, "LabelPair", True),
    ],
    "Stream": [
        ("labels", 1, _Field.TYPE_STRING, None, False),
        ("entries", 2, _Field.TYPE_MESSAGE, "Entry", True),
        ("hash", 3, _Field.TYPE_UINT64, None, False),
    ],
    "PushRequest": [("streams", 1, _Field.TYPE_MESSAGE, "Stream", True)],
}


class WireError(ValueError):
    """A body that is not a push."""


def decode_protobuf(body: bytes) -> list[PushedStream]:
    """Decode a `logproto.PushRequest` in snappy's block format.

    Raises:
        WireError: it is not one.
    """
    try:
        plain = bytes(cramjam.snappy.decompress_raw(body))
    except cramjam.DecompressionError as error:
        raise WireError(f"snappy: corrupt input ({error})") from error
    request = _PUSH_REQUEST()
    try:
        request.ParseFromString(plain)
    except DecodeError as error:
        raise WireError(f"proto: cannot decode the push request ({error})") from error
    return [
        PushedStream(
            stream.labels,
            tuple(
                Entry(
                    {},
                    entry.timestamp.seconds * _NANOSECONDS + entry.timestamp.nanos,
                    entry.line,
                    {pair.name: pair.value for pair in entry.metadata},
                )
                for entry in stream.entries
            ),
        )
        for stream in request.streams
    ]


def decode_json(body: bytes) -> list[PushedStream]:
    """Decode a push in JSON (https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs).

    Raises:
        WireError: it is not one.
    """
    try:
        streams = json.loads(body)["streams"]
        return [
            PushedStream(
                "{"
                + ", ".join(f"{name}={json.dumps(value)}" for name, value in stream["stream"].items())
                + "}",
                tuple(
                    Entry({}, _timestamp(value[0]), value[1], value[2] if len(value) > 2 else {})
                    for value in stream["values"]
                ),
            )
            for stream in streams
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise WireError(f"cannot decode the push request ({error!r})") from error


def _timestamp(text: Any) -> int:
    if not isinstance(text, str):
        raise TypeError("a timestamp is a string of nanoseconds")
    return int(text)


def _push_request() -> Any:
    # A pool of its own: the code under test registers messages of the same meaning in the default one.
    file = descriptor_pb2.FileDescriptorProto(name="push.proto", package=_PACKAGE, syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field_name, number, kind, of, repeated in fields:
            message.field.add(
                name=field_name,
                number=number,
                type=kind,
                type_name=f".{_PACKAGE}.{of}" if of else None,
                label=_Field.LABEL_REPEATED if repeated else _Field.LABEL_OPTIONAL,
            )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.PushRequest"))


_PUSH_REQUEST = _push_request()
