"""The hub's field `function`."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from cdktf_app.deployment.fields import CodeSigningConfigArn, VariableName, ZipPath
from cdktf_app.deployment.strict import Strict


class Function(Strict):
    """The promtail function; the fields are those of the hub module's input `function`.

    `zip_path` is relative to the deployment file, and absolute once the file is read.
    """

    architecture: Literal["arm64", "x86_64"] = "arm64"
    memory_size: int = Field(default=256, ge=128, le=10240)
    timeout: int = Field(default=60, ge=1, le=900)
    runtime: str = "python3.13"
    zip_path: ZipPath | None = None
    image_uri: str | None = None
    reserved_concurrency: int | None = Field(default=None, ge=1)
    tracing: Literal["PassThrough", "Active"] = "PassThrough"
    log_format: Literal["Text", "JSON"] = "Text"
    environment: dict[VariableName, str] = {}
    code_signing_config_arn: CodeSigningConfigArn | None = None

    @model_validator(mode="after")
    def _one_package(self) -> Self:
        if self.zip_path and self.image_uri:
            raise ValueError("zip_path and image_uri exclude each other: a function is a zip or an image")
        if self.image_uri and self.code_signing_config_arn:
            raise ValueError(
                "code_signing_config_arn needs a zip, and there is image_uri: leave one out, Lambda checks no images"
            )
        return self
