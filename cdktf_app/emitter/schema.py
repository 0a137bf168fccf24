"""What the provider's schema says of a name inside of a block: an argument, or a nested block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cdktf_app.emitter.errors import EmitError


@dataclass(frozen=True, slots=True)
class BlockSchema:
    """The names that may stand in a block."""

    attributes: dict[str, Any]
    blocks: dict[str, BlockSchema]

    @classmethod
    def of(cls, schema: dict[str, Any]) -> BlockSchema:
        """Read a `block` of `terraform providers schema -json`."""
        attributes: dict[str, Any] = schema.get("attributes", {})
        blocks = {name: cls.of(nested["block"]) for name, nested in schema.get("block_types", {}).items()}
        for name, attribute in attributes.items():
            match attribute.get("type"):
                # Terraform's "attributes as blocks": such an attribute is written as blocks by convention, and
                # only as blocks may leave out what is optional in it.
                case ["list" | "set", ["object", dict() as fields]]:
                    blocks[name] = cls.of(
                        {"attributes": {key: {"type": item} for key, item in fields.items()}}
                    )
        return cls(attributes, blocks)

    def is_block(self, name: str, value: Any) -> bool:
        """Tell whether `name` with that value is written as nested blocks, or else as an argument.

        Raises:
            EmitError: The schema has no such name, or an expression stands where blocks must.
        """
        if name not in self.attributes and name not in self.blocks:
            known = ", ".join(sorted({*self.attributes, *self.blocks}))
            raise EmitError(f"the provider's schema has no {name!r} here; it has: {known}")
        if name not in self.blocks:
            return False
        as_blocks = isinstance(value, dict) or (
            isinstance(value, list) and all(isinstance(item, dict) for item in value)
        )
        if name in self.attributes:
            return as_blocks and bool(value)
        if not as_blocks and value is not None:
            raise EmitError(
                f"{name!r} is a block, so its value is an object or a list of objects: use `dynamic`"
            )
        return True


class ProviderSchemas:
    """Looks up the types of all providers of a schema document."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._providers: list[dict[str, Any]] = list(schema["provider_schemas"].values())
        self._read: dict[tuple[str, str], BlockSchema] = {}

    def of(self, mode: str, type_name: str) -> BlockSchema:
        """Return the schema of a type; `mode` is `resource` or `data`.

        Raises:
            EmitError: The committed schema lacks the type.
        """
        if (mode, type_name) not in self._read:
            self._read[mode, type_name] = BlockSchema.of(self._find(mode, type_name))
        return self._read[mode, type_name]

    def _find(self, mode: str, type_name: str) -> dict[str, Any]:
        kind = "resource_schemas" if mode == "resource" else "data_source_schemas"
        for provider in self._providers:
            if type_name in provider.get(kind, {}):
                block: dict[str, Any] = provider[kind][type_name]["block"]
                return block
        name = type_name if mode == "resource" else f"data.{type_name}"
        raise EmitError(f"the committed schema lacks the type: add it with `make binding TYPE={name}`")
